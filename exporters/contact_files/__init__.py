"""Targeted lists as the files that the vendor takes contacts from."""
