"""Legal aid, relief in hardship and mutual aid."""
