"""What imports have told over time: the accounts as they were known, and what came, went and came back."""
