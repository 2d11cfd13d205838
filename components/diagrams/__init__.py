"""A scope becomes figures and elements: pure functions, no Dash, no Flask."""
