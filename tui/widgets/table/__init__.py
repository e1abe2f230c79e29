"""The parts of the report table: what a cell shows, how wide columns are, what is in the window, how a line looks."""
