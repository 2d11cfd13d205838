"""Tables become an organization: what each column is, whose parent each unit has, what is wrong."""
