"""Where parts above access hook in without access knowing them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class NamesPlaces:
    """Brought by the part that knows regions and organisations.

    Each function takes codes and returns the names of those that exist: grants are
    shown by name and refused for places that do not exist.
    """

    regions: Callable[[Collection[str]], Mapping[str, str]]
    organisations: Callable[[Collection[str]], Mapping[str, str]]
