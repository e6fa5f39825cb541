"""Settings from the environment, each read once and loudly refused when wrong."""

import os
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    given = os.environ.get(name)
    if given is None:
        return default
    if given.lower() in _YES:
        return True
    if given.lower() in _NO:
        return False
    message = f"{name}={given!r} is neither yes nor no: set it to 1 or 0."
    raise ImproperlyConfigured(message)


def number(name: str, default: int) -> int:
    given = os.environ.get(name, str(default))
    if not (given.isascii() and given.isdigit() and int(given) > 0):
        message = f"{name}={given!r} is not a whole number above 0."
        raise ImproperlyConfigured(message)
    return int(given)


def day(name: str) -> date | None:
    """Return a day written as 2026-01-31; None when nothing is given."""
    given = os.environ.get(name, "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        message = f"{name}={given!r} is not a day: write it as 2026-01-31."
        raise ImproperlyConfigured(message) from None


def choice(name: str, options: tuple[str, ...]) -> str:
    """Return one of the options; the first when nothing is given."""
    given = os.environ.get(name) or options[0]
    if given not in options:
        message = f"{name}={given!r} is not known: set it to {' or '.join(options)}."
        raise ImproperlyConfigured(message)
    return given


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).resolve()


def words(name: str, default: tuple[str, ...]) -> list[str]:
    given = os.environ.get(name)
    if given is None:
        return list(default)
    return [word for word in given.replace(",", " ").split() if word]


def address(name: str, default: str) -> str:
    """Return a web address without a slash at its end."""
    given = os.environ.get(name) or default
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query:
        message = f"{name}={given!r} is not an address such as https://union.example."
        raise ImproperlyConfigured(message)
    return given.rstrip("/")


# The log may grow to 64 MB: an idle worker empties it (`foundation.jobs.worker`), so
# that no clerk's commit has to.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-64000; PRAGMA mmap_size=1073741824;"
    "PRAGMA wal_autocheckpoint=16384;"
)
# Its tables lie on solid disks or in memory. PostgreSQL takes them for turning ones, and
# would rather read two million matches than look ten thousand people up.
_POSTGRESQL_OPTIONS = "-c random_page_cost=1.1"


def sqlite(path: Path) -> dict[str, Any]:
    """The settings of one SQLite file.

    IMMEDIATE: a transaction that reads and then writes would otherwise fail instead
    of waiting when another writer came between (900 of 1,200 did in a trial).
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": _SQLITE_PRAGMAS,
        },
    }


def database(name: str, default: Path) -> dict[str, Any]:
    """Read `sqlite:PATH` or `postgresql://user:password@host:port/name`."""
    given = os.environ.get(name)
    if not given:
        return sqlite(default)
    if given.startswith("sqlite:"):
        return sqlite(Path(given.removeprefix("sqlite:")))
    parts = urlsplit(given)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        message = (
            f"{name} is not an address of a database: give sqlite:PATH or "
            "postgresql://user:password@host:port/name."
        )
        raise ImproperlyConfigured(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"options": _POSTGRESQL_OPTIONS},
    }


def identity_providers() -> dict[str, Any]:
    """Return whose word for an identity is taken, in the shape that allauth reads.

    Empty unless JIANGXIN_OIDC_SERVER or JIANGXIN_DINGTALK_CLIENT_ID is set.
    """
    providers: dict[str, Any] = {}
    if server := text("JIANGXIN_OIDC_SERVER"):
        providers["openid_connect"] = {
            "APPS": [
                {
                    "provider_id": text("JIANGXIN_OIDC_KEY", "oidc"),
                    "name": text("JIANGXIN_OIDC_NAME", "OpenID Connect"),
                    "client_id": _needed("JIANGXIN_OIDC_CLIENT_ID"),
                    "secret": _needed("JIANGXIN_OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": server},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        }
    if client := text("JIANGXIN_DINGTALK_CLIENT_ID"):
        secret = _needed("JIANGXIN_DINGTALK_CLIENT_SECRET")
        providers["dingtalk"] = {"APPS": [{"client_id": client, "secret": secret}]}
    return providers


def _needed(name: str) -> str:
    if given := text(name):
        return given
    message = f"{name} is not set: the identity provider gave it with the other values."
    raise ImproperlyConfigured(message)
