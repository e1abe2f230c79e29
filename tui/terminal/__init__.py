"""Between Textual and the terminal: what is sent is little, and what is received is checked."""
