"""One spelling of a JSON value, so that the same value is always the same bytes."""

from typing import Any

import rfc8785

from jiangxin.kernel.credentials.proofs.problems import ProofProblem


def canonical(value: Any) -> bytes:
    """Return the JSON Canonicalization Scheme of RFC 8785 (JCS).

    Raises ProofProblem `canonical`: a number beyond what JSON carries safely, half a
    character, nesting without end.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as problem:
        raise ProofProblem("canonical", type(problem).__name__) from None
