"""An organization as files that other programs read."""
