"""Every command of the user: definitions, key map, help, and the words for keys."""
