"""Reading corrections."""
