"""Wages bargained by skill grade."""
