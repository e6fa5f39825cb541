"""Is this deployment ready to run? Said before anything is started."""

import json
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _


def check_database() -> None:
    """Raise CommandError, with the remedy, when migrations have not been run."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise CommandError(
            _(
                "The database is not up to date (%(count)s steps are missing). Run "
                "`jiangxin migrate` first, after a backup if it holds data."
            )
            % {"count": len(missing)}
        )


def collect_static_files() -> bool:
    """Gather style sheets, scripts and pictures for serving, if any has changed.

    Returns whether it was necessary; it takes a few seconds.
    """
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    wanted = _digest()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)
    return True


def _digest() -> str:
    """Return what changes when any file to be served changes."""
    found = [
        (path, storage.size(path), storage.get_modified_time(path).isoformat())
        for finder in get_finders()
        for path, storage in finder.list([])
    ]
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    return sha256(json.dumps([backend, sorted(found)]).encode()).hexdigest()
