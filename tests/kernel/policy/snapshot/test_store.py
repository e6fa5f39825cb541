import fcntl

import duckdb
import pytest

from jiangxin.kernel.policy.snapshot import store


def write(value):
    with store.next_file() as file:
        file.execute("CREATE OR REPLACE TABLE t AS SELECT ? AS value", [value])


def read():
    return store.published().execute("SELECT value FROM t").fetchone()[0]


def test_file_is_published_when_it_is_whole(snapshot_folder):
    write(1)
    assert read() == 1
    names = [path.name for path in snapshot_folder.glob("*.duckdb*")]
    assert names == ["register-2-00000001.duckdb"]


def test_next_file_begins_as_the_published_one():
    write(1)
    with store.next_file() as file:
        file.execute("CREATE TABLE u AS SELECT value + 1 AS value FROM t")
    assert read() == 1
    assert store.published().execute("SELECT value FROM u").fetchone() == (2,)


def test_file_can_be_begun_anew():
    write(1)
    with store.next_file(anew=True) as file:
        tables = file.execute("SELECT count(*) FROM duckdb_tables()").fetchone()
    assert tables == (0,)


def test_readers_see_the_new_file_and_keep_the_old_one_while_they_use_it():
    write(1)
    before = store.published()
    write(2)
    assert read() == 2
    assert before.execute("SELECT value FROM t").fetchone() == (1,)


def test_file_that_could_not_be_finished_is_never_seen(snapshot_folder):
    write(1)
    with pytest.raises(duckdb.Error), store.next_file() as file:
        file.execute("UPDATE t SET value = 2; SELECT nothing FROM nowhere")
    assert read() == 1
    assert not (snapshot_folder / store.NEXT).exists()


def test_what_a_killed_process_left_is_overwritten(snapshot_folder):
    write(1)
    (snapshot_folder / store.NEXT).write_bytes(b"half a file")
    (snapshot_folder / f"{store.NEXT}.wal").write_bytes(b"half a log")
    write(2)
    assert read() == 2


def test_file_of_another_layout_is_not_read_and_goes_with_the_next(snapshot_folder):
    snapshot_folder.mkdir(exist_ok=True)
    old = snapshot_folder / "register-00000007.duckdb"
    old.write_bytes(b"as it used to be")
    with pytest.raises(store.NoSnapshot):
        store.published()
    write(1)
    assert read() == 1
    assert not old.exists()


def test_file_that_cannot_be_read_is_begun_anew(snapshot_folder):
    write(1)
    (snapshot_folder / "register-2-00000002.duckdb").write_bytes(
        b"not a database" * 999
    )
    write(3)
    assert read() == 3


def test_only_one_writes_at_a_time(snapshot_folder):
    write(1)
    with (snapshot_folder / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(store.SnapshotBusy), store.next_file():
            pass


def test_without_a_file_the_refusal_says_how_to_make_one():
    with pytest.raises(store.NoSnapshot) as caught:
        store.published()
    assert "policy snapshot refresh" in caught.value.message


def test_nothing_is_fetched_from_elsewhere(tmp_path):
    connection = store.connect(tmp_path / "some.duckdb", read_only=False)
    asked = "SELECT current_setting('autoinstall_known_extensions')"
    assert connection.execute(asked).fetchone() == (False,)
