"""Registers of talent by criteria: makers of the countryside."""
