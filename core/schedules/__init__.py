"""Timetables: reports, imports and exports that the system's own scheduler runs."""
