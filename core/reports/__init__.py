"""One report, one file; `catalogue` lists them."""
