import io

import pytest

from jiangxin.foundation.sealing import SealBroken, files, open_sealed, ring, seal_file

PURPOSE = "register.roster:12"
HEADER = 4 + 1 + 16


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch, key_ring):
    monkeypatch.setattr(files, "PIECE_BYTES", 10)


def sealed_file(tmp_path, content):
    path = tmp_path / "uploads" / "roster"
    seal_file(io.BytesIO(content), path, purpose=PURPOSE)
    return path


def read(path, purpose=PURPOSE):
    with open_sealed(path, purpose=purpose) as stream:
        return stream.read()


@pytest.mark.parametrize("length", [0, 1, 2, 4, 5, 6, 10])
@pytest.mark.parametrize("suite", ["AES-256-GCM", "SM4-GCM"])
def test_a_file_of_any_length_opens_again(tmp_path, key_ring, length, suite):
    ring.current()
    ring.add_key(key_ring, suite)
    content = b"secret" * length  # pieces of ten
    path = sealed_file(tmp_path, content)
    assert read(path) == content
    assert b"secret" not in path.read_bytes()
    assert list(path.parent.iterdir()) == [path]


def test_a_large_file_goes_through_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "PIECE_BYTES", 1 << 20)
    content = bytes(3 << 20) + b"end"
    assert read(sealed_file(tmp_path, content)) == content


def test_every_altered_byte_is_noticed(tmp_path):
    path = sealed_file(tmp_path, b"a" * 25)
    sound = path.read_bytes()
    for place in range(len(sound)):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        with pytest.raises(SealBroken):
            read(path)


def test_every_cut_is_noticed(tmp_path):
    path = sealed_file(tmp_path, b"a" * 25)
    sound = path.read_bytes()
    for length in range(len(sound)):
        path.write_bytes(sound[:length])
        with pytest.raises(SealBroken):
            read(path)


def test_pieces_cannot_be_swapped_repeated_or_added(tmp_path):
    path = sealed_file(tmp_path, b"a" * 25)
    sound = path.read_bytes()
    header, body = sound[:HEADER], sound[HEADER:]
    one, two, last = body[:26], body[26:52], body[52:]
    for pieces in (two + one + last, one + one + last, one + two + last + last):
        path.write_bytes(header + pieces)
        with pytest.raises(SealBroken):
            read(path)


def test_a_file_opens_only_for_its_purpose(tmp_path):
    path = sealed_file(tmp_path, b"content")
    with pytest.raises(SealBroken, match="purpose"):
        read(path, purpose="register.roster:13")


def test_a_plain_file_is_not_taken_for_a_sealed_one(tmp_path):
    path = tmp_path / "plain"
    path.write_bytes(b"PK" + bytes(100))
    with pytest.raises(SealBroken, match="not a sealed file"):
        read(path)


def test_a_missing_file_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none")


def test_a_source_that_fails_leaves_no_file(tmp_path):
    class Failing(io.BytesIO):
        def read(self, size=-1):
            if self.tell() >= 20:
                raise OSError("the upload broke off")
            return super().read(min(size, 7))

    path = tmp_path / "roster"
    with pytest.raises(OSError, match="broke off"):
        seal_file(Failing(bytes(40)), path, purpose=PURPOSE)
    assert [entry for entry in tmp_path.iterdir() if entry.name != "keys"] == []
