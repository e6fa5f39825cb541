import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jiangxin.foundation.sealing import SealBroken, blind_index, ring, seal, unseal
from jiangxin.foundation.sealing.text import seal_many

PLACE = "register.Person.phone"
TEXTS = st.text(min_size=1, max_size=60)
one_ring = hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(params=["AES-256-GCM", "SM4-GCM"])
def suite(request, key_ring):
    ring.current()
    ring.add_key(key_ring, request.param)
    return request.param


@one_ring
@given(text=TEXTS)
def test_what_is_sealed_opens_again(suite, text):
    sealed = seal(text, aad=PLACE)
    assert unseal(sealed, aad=PLACE) == text
    assert len(sealed) == 1 + 12 + len(text.encode()) + 16


@one_ring
@given(text=TEXTS)
def test_the_same_text_is_never_sealed_the_same_way_twice(suite, text):
    assert seal(text, aad=PLACE) != seal(text, aad=PLACE)


@one_ring
@given(text=TEXTS, data=st.data())
def test_any_altered_byte_is_noticed(suite, text, data):
    sealed = bytearray(seal(text, aad=PLACE))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), aad=PLACE)


@one_ring
@given(text=TEXTS, data=st.data())
def test_a_value_that_is_cut_short_is_noticed(suite, text, data):
    sealed = seal(text, aad=PLACE)
    length = data.draw(st.integers(1, len(sealed) - 1))
    with pytest.raises(SealBroken):
        unseal(sealed[:length], aad=PLACE)


def test_a_value_moved_to_another_place_is_refused(suite):
    sealed = seal("13800138000", aad=PLACE)
    with pytest.raises(SealBroken, match=r"register\.Person\.name"):
        unseal(sealed, aad="register.Person.name")


def test_a_refusal_never_shows_the_text_or_the_cipher_text(key_ring):
    sealed = seal("13800138000", aad=PLACE)
    with pytest.raises(SealBroken) as caught:
        unseal(sealed, aad="elsewhere")
    assert "138" not in str(caught.value)
    assert sealed.hex() not in str(caught.value)


def test_an_empty_text_stays_empty(key_ring):
    assert seal("", aad=PLACE) == b""
    assert unseal(b"", aad=PLACE) == ""


def test_many_are_sealed_in_order(key_ring):
    sealed = seal_many(["a", "", "b"], aad=PLACE)
    assert [unseal(blob, aad=PLACE) for blob in sealed] == ["a", "", "b"]


def test_an_index_is_equal_for_equal_texts_only(key_ring):
    index = blind_index("330726199001010016", purpose="register.id_number")
    assert len(index) == 32
    assert index == blind_index("330726199001010016", purpose="register.id_number")
    assert index != blind_index("330726199001010024", purpose="register.id_number")
    assert index != blind_index("330726199001010016", purpose="register.phone")


def test_nothing_has_no_index(key_ring):
    assert blind_index("", purpose="register.phone") == ""


def test_another_ring_gives_another_index(key_ring):
    before = blind_index("1", purpose="register.phone")
    key_ring.unlink()
    ring.forget()
    assert blind_index("1", purpose="register.phone") != before
