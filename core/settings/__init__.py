"""The person's settings: what there is, read from and written to their file."""
