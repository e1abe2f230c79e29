"""What stands before a page until it is answered or left: one dialogue, one file."""
