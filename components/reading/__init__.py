"""Files become tables of text. Nothing here knows what an organization is."""
