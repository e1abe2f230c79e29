"""Made-up accounts to look around with."""
