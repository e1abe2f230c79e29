"""How a report becomes a PDF: the file's syntax, its fonts, its pages and what is drawn on them."""
