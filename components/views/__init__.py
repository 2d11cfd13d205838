"""Dash components of the page: pure functions of an organization, without callbacks."""
