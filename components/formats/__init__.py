"""An organization as files for other programs."""
