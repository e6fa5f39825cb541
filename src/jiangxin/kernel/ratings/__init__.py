"""What people say of how their matter was handled (好差评), and what becomes of it.

A matter is rated once, by whoever it was handled for, through an address that nobody can
guess; never by the office, and nothing is counted for those who say nothing. A bad rating
opens a matter of its own with a clock. Words: rating, grade, dimension, follow-up, appeal.
"""
