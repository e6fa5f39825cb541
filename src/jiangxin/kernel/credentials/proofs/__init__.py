"""Proofs that anyone can check: formats, signatures and keys, without a database.

Nothing here reads the clock, the settings or the network. What was made elsewhere comes
in as bytes or plain JSON values, and every problem of it is a `ProofProblem`.
"""
