"""The commands that need no screen: one file each. None of them imports Textual."""
