"""Pages: signing in, the doors' homes, one's own account, everybody's accounts."""
