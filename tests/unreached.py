"""A number that nothing gets in a test run, however many tests ran before.

The actors of tests are numbered from here on: an account that a test makes is never
one of theirs by chance.
"""

UNREACHED = 10**9
