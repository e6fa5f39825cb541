"""Every address of the project, with objects that exist, for the access walk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from tests.walk_summary import WALKED


@dataclass(frozen=True)
class Address:
    name: str
    arguments: tuple[str, ...]

    def url(self, samples) -> str:
        return reverse(self.name, kwargs={key: samples[key] for key in self.arguments})


# Walked by their own rules: test_api_walk.py.
OF_THE_API = ("api:", "access:api-missing")


class Walker:
    """Somebody who asks for one address after the other; the run counts what they ask.

    who: a role, or one of the others of `tests.walk_summary`.
    """

    def __init__(self, client, who, record_property):
        self._client = client
        self._note = lambda name: record_property(WALKED, [str(who), name])

    def get(self, address, samples, query=""):
        self._note(address.name)
        return self._client.get(address.url(samples) + query)

    def post(self, address, samples):
        self._note(address.name)
        return self._client.post(address.url(samples))


def addresses() -> list[Address]:
    """Every page; operations of the API answer otherwise and are walked apart."""
    return [one for one in _all() if not one.name.startswith(OF_THE_API)]


def _all() -> list[Address]:
    return sorted(_walk(get_resolver(), ""), key=lambda address: address.name)


def _walk(resolver: URLResolver, space: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, pattern.namespace or space)
        else:
            name = f"{space}:{pattern.name}" if space else pattern.name
            yield Address(name, tuple(pattern.pattern.regex.groupindex))
