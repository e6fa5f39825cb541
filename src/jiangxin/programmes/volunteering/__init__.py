"""Stars of volunteers and what they bring."""
