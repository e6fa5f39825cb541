"""One module a family of forms."""
