"""Shipping logs out: what happened here, kept also where nobody here can change it.

Parts bring a `Log`; `operations.ship` takes what is new of every log to a target, a
file or a syslog server, in batches, and notes after each how far that target has got.
"""
