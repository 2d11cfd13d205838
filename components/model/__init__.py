"""Tables become an organization: facts, hierarchy, relations. No Dash, no Plotly, no Flask."""
