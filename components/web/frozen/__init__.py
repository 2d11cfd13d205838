"""An organization without a server: its dashboard as a folder of files, or as one file."""
