"""Views of a report: what is shown of it, taken back, and saved under a name."""
