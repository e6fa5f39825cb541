"""The whole register as columns, in a DuckDB file of its own: no names, no ID numbers.

store       which file is published, and how the next one takes its place
layout      the tables in it
filling     bringing it up to date with the register
evaluating  policies over everybody in it, and what differs from before
causes      because of what
whatif      what a draft would do: counted, costed, taken apart
"""
