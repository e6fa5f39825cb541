"""Pages about what becomes of people's data."""
