"""An organization as data: units, hierarchy, relations, scopes. No Dash, no Plotly, no Flask."""
