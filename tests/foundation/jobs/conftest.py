import shutil

import pytest

from jiangxin.foundation.actor import EVERYWHERE
from jiangxin.foundation.jobs import context, worker
from jiangxin.foundation.jobs.operations import start
from tests.foundation.jobs import samples
from tests.foundation.jobs.processes import Platform


class Officer:
    """An actor with an account; `any_job` lets them see those of others."""

    person_id = None

    def __init__(self, account_id, *, any_job=False):
        self.account_id = account_id
        self.label = f"Officer {account_id}"
        self.any_job = any_job

    def scopes(self, permission):
        held = {"jobs.view", "jobs.view_any"} if self.any_job else {"jobs.view"}
        return (EVERYWHERE,) if permission in held else ()


@pytest.fixture
def officer():
    return Officer(1)


@pytest.fixture
def begin(db, officer, now):
    """Begin a job of the officer's."""

    def begin_job(kind, **args):
        return start(f"tests.{kind}", args, actor=officer, now=now)

    return begin_job


@pytest.fixture
def run_all(transactional_db):
    """Do what a worker does until nothing is left, and return the job as it is then."""

    def run(job):
        worker.work(until_idle=True)
        job.refresh_from_db()
        return job

    return run


@pytest.fixture(autouse=True)
def clean(settings, tmp_path):
    settings.VAR = tmp_path
    samples.ran.clear()
    context.stopping.clear()
    yield
    context.stopping.clear()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """A SQLite file with all tables, made once."""
    platform = Platform(tmp_path_factory.mktemp("migrated"))
    platform.migrate()
    return platform.database


@pytest.fixture
def platform(transactional_db, migrated_file, tmp_path):
    """A deployment for real processes to run in."""
    platform = Platform(tmp_path)
    if migrated_file.exists():
        shutil.copy(migrated_file, platform.database)
    return platform
