import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.matters.rules.signatures import (
    HEIGHT,
    LONGEST_DRAWING,
    LONGEST_NAME,
    WIDTH,
    SignatureFaulty,
    is_drawn,
    read_signature,
)

points = st.lists(
    st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT)), min_size=5, max_size=300
)


@given(points)
def test_strokes_within_the_field_are_kept_as_they_were_drawn(drawn):
    path = "".join(f"{'L' if n else 'M'}{x} {y}" for n, (x, y) in enumerate(drawn))
    assert read_signature(path) == path
    assert is_drawn(path)


def test_a_typed_name_is_kept_without_its_margins():
    assert read_signature(" 李 明 ") == "李 明"
    assert not is_drawn("李 明")


def test_no_signature_is_none():
    assert read_signature("  ") == ""


@pytest.mark.parametrize(
    "text",
    [
        "M1 1L2 2",  # a dot
        "M1 1L2 2L3 3L4 4L601 5",
        "M1 1L2 2L3 3L4 4L5 201",
        "M0 0" + "L1 1" * LONGEST_DRAWING,
        "名" * (LONGEST_NAME + 1),
        'M1 1L2 2L3 3L4 4L5 5Z"/><script>alert(1)</script>' + "x" * LONGEST_NAME,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(SignatureFaulty):
        read_signature(text)


@given(st.text(max_size=200))
def test_whatever_is_kept_is_a_short_name_or_draws_nothing_but_lines(text):
    try:
        kept = read_signature(text)
    except SignatureFaulty:
        return
    assert len(kept) <= LONGEST_NAME or set(kept) <= set("ML 0123456789")
