"""Widgets of our own: each draws one thing and tells its page what the person did."""
