"""Who is next, how long it takes, and how windows did: plain Python."""
