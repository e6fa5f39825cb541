"""Checking files that somebody shows, ours and others', without asking anybody.

`verify_file` brings together what the proofs say and what stands on record here;
`words` says it so that the person who asks understands it.
"""

from jiangxin.kernel.credentials.verification.files import verify_file

__all__ = ["verify_file"]
