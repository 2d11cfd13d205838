"""Full-text search for units: index, language, queries, ranking."""
