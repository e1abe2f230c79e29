"""Every command of the user: definitions, key map, palette, help, and the words for keys."""
