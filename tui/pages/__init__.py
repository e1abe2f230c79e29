"""What stands at the right of the menu: one page, one file, its stylesheet beside it."""
