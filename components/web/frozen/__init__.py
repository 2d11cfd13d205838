"""Organizations without a server: what their pages can ask for, as files."""
