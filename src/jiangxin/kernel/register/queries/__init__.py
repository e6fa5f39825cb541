"""Reading the register: what an actor may see, as of a day, and who is meant."""
