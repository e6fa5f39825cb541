"""What every programme stands on; each part may use the parts under it."""
