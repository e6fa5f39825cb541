"""Reading the account of what became of people's data."""
