"""Certificates as paper: typeset, tagged, signed.

Nothing here knows a database: facts in, bytes out. `layouts/` holds the sheets in the
typesetting language of Typst, `wording.yaml` what a certificate of each kind says.
"""
