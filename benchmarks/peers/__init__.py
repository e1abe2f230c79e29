"""What we are measured against: the same work, done as the libraries' own examples do it."""
