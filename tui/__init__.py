"""What a person types and sees: the command line, screens and widgets."""
