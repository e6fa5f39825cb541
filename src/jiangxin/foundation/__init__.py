"""What everything stands on. No word of the unions' trade is known here."""
