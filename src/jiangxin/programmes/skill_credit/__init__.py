"""Loans whose limit follows skill grade and enterprise rating."""
