"""The door for machines: tokens, limits and problems. Parts bring the operations."""
