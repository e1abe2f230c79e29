"""The command line: one file for each command. Nothing here, nor below it, imports Textual."""
