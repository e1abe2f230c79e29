"""What takes the whole terminal, or stands before it: one screen, one file, its stylesheet beside it."""
