"""Honours: what has to come before them, and care of those who hold them."""
