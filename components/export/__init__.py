"""Pictures as files, with options from an address or the command line."""
