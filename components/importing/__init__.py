"""From tables to an organization: recognition, cleaning, hierarchy, side tables, report."""
