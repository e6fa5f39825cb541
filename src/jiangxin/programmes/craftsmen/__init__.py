"""How workers become craftsmen: tiers, grades and star technicians."""
