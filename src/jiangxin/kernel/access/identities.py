"""The identity providers that the settings name."""

from dataclasses import dataclass

from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest


@dataclass(frozen=True)
class IdentityLink:
    """A way to sign in with somebody else's word for who one is."""

    name: str
    url: str


def identity_links(request: HttpRequest, next_url: str) -> list[IdentityLink]:
    """Return where to sign in with each provider, and go on to `next_url`."""
    adapter = get_adapter()
    providers = [app.get_provider(request) for app in adapter.list_apps(request)]
    more = {"next": next_url} if next_url else {}
    return [
        IdentityLink(
            provider.app.name or provider.name, provider.get_login_url(request, **more)
        )
        for provider in providers
    ]


def identity_providers(request: HttpRequest) -> list[tuple[str, str]]:
    """Return (key, name) of each provider."""
    apps = get_adapter().list_apps(request)
    return [
        (app.provider_id or app.provider, app.name or app.get_provider(request).name)
        for app in apps
    ]
