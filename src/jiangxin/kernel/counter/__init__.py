"""What surrounds a matter at the window: bookings, queue numbers, questions, the board.

A hall has windows; people take a number there or book a time beforehand, are called,
served, and asked about nothing else. Words: hall, window, slot plan, booking, ticket,
question, window board.
"""
