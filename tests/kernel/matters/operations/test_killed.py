"""A server that is killed in the middle: nothing is lost, and nothing half done."""

import pytest

from tests.foundation.jobs.processes import Platform

KILLED = -9


@pytest.fixture
def platform(transactional_db, tmp_path):
    platform = Platform(tmp_path)
    platform.environment["JIANGXIN_DEMONSTRATION"] = "1"
    platform.migrate()
    return platform


def do(platform, call):
    program = f"from tests.kernel.matters.operations import dying; dying.{call}"
    return platform.run("shell", "--verbosity=0", "--command", program)


def rows(platform):
    """How many matters, acts, materials and events of the trail there are."""
    tables = ("matters_matter", "matters_matteract", "matters_mattermaterial")
    counts = [
        platform.row(f"SELECT count(*) FROM {table}")[0]  # noqa: S608 -- our own names
        for table in tables
    ]
    events = "SELECT count(*) FROM trail_trailevent WHERE subject LIKE 'matter:%'"
    return (*counts, platform.row(events)[0])


def files_of(platform):
    return sorted(platform.folder.rglob("uploads/kept/*"))


def succeed(platform, call):
    done = do(platform, call)
    assert done.returncode == 0, done.stderr


def test_whatever_is_cut_off_is_as_if_it_had_not_begun(platform):
    succeed(platform, "prepare()")
    assert rows(platform) == (1, 1, 0, 1)

    # A file without its row is its owner's, who hands the same one in again.
    assert do(platform, "upload(dies=True)").returncode == KILLED
    assert rows(platform) == (1, 1, 0, 1)
    (left,) = files_of(platform)
    succeed(platform, "upload(dies=False)")
    assert rows(platform) == (1, 1, 1, 1)
    assert files_of(platform) == [left]

    # The rows of a draft do not go without its files, nor these without them.
    assert do(platform, "delete()").returncode == KILLED
    assert rows(platform) == (1, 1, 1, 1)
    assert len(files_of(platform)) == 1

    # An act is in the journal and in the trail, or in neither.
    assert do(platform, "submit(dies=True)").returncode == KILLED
    assert rows(platform) == (1, 1, 1, 1)
    assert platform.row("SELECT state, version FROM matters_matter") == ("draft", 1)
    succeed(platform, "submit(dies=False)")
    assert platform.row("SELECT state, version FROM matters_matter") == ("accepted", 3)
    assert rows(platform)[1::2] == (3, 3)
    assert platform.run("trail", "verify").returncode == 0
