"""Targeted lists: saved filters over all accounts, and the contacts in them that can be written to."""
