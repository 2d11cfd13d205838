"""Pictures as files: what is asked for, the same for an address and a command, becomes bytes."""
