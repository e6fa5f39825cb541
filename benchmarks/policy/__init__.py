"""Thirty policies over made-up people: ours, what others offer, and the floor."""
