"""Skills contests and what comes of a place won in them."""
