"""What whoever checks a file knows beforehand."""

from collections.abc import Callable
from dataclasses import dataclass, field

from jiangxin.kernel.credentials.proofs.keys import KeyBook


@dataclass(frozen=True)
class Known:
    """Our own word, and what came with the file; no name of ours is taken from the latter.

    keys: of issuers, to check signatures with. issuer: our own identifier.
    status_of: what became of an issue of ours, by the id of its document; None for one
    that we never issued. trusted: identifiers of issuers whom somebody here vouches for.
    authorities: certificates behind our seals, as DER. other_authorities, status_lists:
    those that came with the file, of other issuers.
    """

    keys: KeyBook = field(default_factory=KeyBook)
    trusted: frozenset[str] = frozenset()
    issuer: str = ""
    status_of: Callable[[str], str | None] = lambda _id: None
    authorities: tuple[bytes, ...] = ()
    other_authorities: tuple[bytes, ...] = ()
    status_lists: tuple[bytes, ...] = ()
