"""Where parts above access hook in without access knowing them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from jiangxin.foundation.parts import Text


@dataclass(frozen=True)
class NamesPlaces:
    """Brought by the part that knows regions and organisations.

    Each function takes codes and returns the names of those that exist: grants are
    shown by name and refused for places that do not exist.
    """

    regions: Callable[[Collection[str]], Mapping[str, str]]
    organisations: Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True)
class ApiScope:
    """What a token may be made for. The key is `part:verb`, stable.

    permissions: all that counts of its account's roles when the token is used for it.
    """

    key: str
    label: Text
    permissions: frozenset[str]


@dataclass(frozen=True)
class ApiRoutes:
    """Operations of one part, below /api/v1/. router: dotted path of a ninja Router.

    Named, not given, so that what a part declares does not import how it answers.
    """

    router: str
