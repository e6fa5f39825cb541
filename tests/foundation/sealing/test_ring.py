import json
import os
import subprocess
import sys
from multiprocessing.pool import ThreadPool

import pytest

from jiangxin.foundation.sealing import KeyRingProblem, SealBroken, ring, seal, unseal

PLACE = "register.Person.phone"


def test_a_ring_is_made_on_first_use_for_its_owner_only(key_ring):
    seal("text", aad=PLACE)
    assert key_ring.stat().st_mode & 0o777 == 0o600
    assert json.loads(key_ring.read_text())["keys"]["1"]["suite"] == "AES-256-GCM"
    assert list(key_ring.parent.iterdir()) == [key_ring]


def test_the_ring_is_kept_when_it_is_there(key_ring):
    sealed = seal("text", aad=PLACE)
    ring.forget()
    assert unseal(sealed, aad=PLACE) == "text"


def test_processes_that_start_at_once_agree_on_one_ring(key_ring):
    program = (
        "import sys; from pathlib import Path;"
        "from jiangxin.foundation.sealing.ring import _load;"
        "print(_load(Path(sys.argv[1])).index_secret.hex())"
    )

    def start(_number):
        return subprocess.run(
            [sys.executable, "-c", program, str(key_ring)],
            capture_output=True,
            check=True,
            env=os.environ,
        ).stdout

    with ThreadPool(4) as pool:
        assert len(set(pool.map(start, range(4)))) == 1


def test_a_new_key_seals_and_the_old_one_still_opens(key_ring):
    old = seal("old", aad=PLACE)
    assert ring.add_key(key_ring, "SM4-GCM") == 2
    new = seal("new", aad=PLACE)
    assert (old[0], new[0]) == (1, 2)
    assert unseal(old, aad=PLACE) == "old"
    assert unseal(new, aad=PLACE) == "new"
    assert key_ring.stat().st_mode & 0o777 == 0o600


def test_a_full_ring_takes_no_more_keys(key_ring):
    ring.current()
    content = json.loads(key_ring.read_text())
    content["keys"]["255"] = content["keys"]["1"]
    key_ring.write_text(json.dumps(content))
    with pytest.raises(KeyRingProblem, match="255"):
        ring.add_key(key_ring)


def test_a_value_of_a_key_that_is_gone_is_refused(key_ring):
    sealed = seal("text", aad=PLACE)
    key_ring.unlink()
    ring.forget()
    with pytest.raises(SealBroken, match="another key"):
        unseal(sealed, aad=PLACE)
    with pytest.raises(SealBroken, match="key 9"):
        unseal(b"\x09" + sealed[1:], aad=PLACE)


def altered(**changes):
    return lambda content: {**content, **changes}


SECRET = {"suite": "AES-256-GCM", "secret": "c2hvcnQ="}


@pytest.mark.parametrize(
    "damage",
    [
        altered(active="7"),
        altered(keys={}),
        altered(keys={"1": SECRET}),
        altered(keys={"0": SECRET}),
        altered(keys={"1": {"suite": "ROT13", "secret": ""}}),
        altered(index={"secret": "c2hvcnQ="}),
        altered(index={"secret": "not base64!"}),
        altered(index=None),
        lambda _content: [],
    ],
)
def test_a_damaged_ring_is_refused_with_the_remedy(key_ring, damage):
    ring.current()
    key_ring.write_text(json.dumps(damage(json.loads(key_ring.read_text()))))
    ring.forget()
    with pytest.raises(KeyRingProblem, match="Restore it from its backup"):
        seal("text", aad=PLACE)


def test_a_ring_that_is_no_json_is_refused(key_ring):
    key_ring.parent.mkdir()
    key_ring.write_text("")
    with pytest.raises(KeyRingProblem, match=str(key_ring)):
        ring.current()


def test_a_key_id_of_more_than_a_byte_is_refused(key_ring):
    ring.current()
    content = json.loads(key_ring.read_text())
    content["keys"]["256"] = content["keys"]["1"]
    key_ring.write_text(json.dumps(content))
    ring.forget()
    with pytest.raises(KeyRingProblem, match="256"):
        ring.current()
