"""Reading partners' files: file, headings, values, check, store."""
