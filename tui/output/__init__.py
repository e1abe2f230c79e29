"""What goes to the terminal: of each frame only the cells that look other than before, since slow lines carry it."""
