"""Numbers and codes that public registers give out, checked by rule alone.

One module a kind, each with `check_…(text) -> frozen dataclass`. What cannot be right is
refused with an `IdProblem`; what is only unusual comes back in `warnings`, because real
registers hold exceptions that no published rule covers.
"""
