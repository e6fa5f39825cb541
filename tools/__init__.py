"""Programs of the workshop, run by make; nothing under src imports them."""
