"""The query layer: what is asked of a report, and its rows, ordered, counted and windowed."""
