"""Apprenticeships, subsidies for skills, study and classes."""
