"""Pages about what every part has: commands, settings, states, events, refusals."""
