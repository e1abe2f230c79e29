"""The vendor's API: logging in, asking politely, and what comes back. Only its own commands and pages load it."""
