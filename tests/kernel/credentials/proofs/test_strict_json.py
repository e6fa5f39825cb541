import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.strict_json import read_object

HIDDEN = ["\0", "\x1b", "\x85", "\u200f", "\u202e", "\u2066", "\ufeff"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("json_large", '{"a":"' + "x" * 1_000_000 + '"}'),
        ("json_large", '{"a":[' + "1," * 20_000 + "1]}"),
        ("json_deep", '{"a":' * 33 + "1" + "}" * 33),
        ("json_deep", '{"a":' * 100_000),
        ("json_deep", "[" * 400_000),
        ("json_syntax", "{"),
        ("json_syntax", "{'a': 1}"),
        ("json_syntax", '{"a": 1} {"b": 2}'),
        ("json_syntax", '{"a": 01}'),
        ("json_syntax", '{"a": "\n"}'),
        ("json_duplicate", '{"a": 1, "a": 2}'),
        ("json_duplicate", '{"a": {"b": 1, "\\u0062": 2}}'),
        ("json_number", '{"a": NaN}'),
        ("json_number", '{"a": -Infinity}'),
        ("json_number", '{"a": 1e999}'),
        ("json_number", '{"a": 9007199254740992}'),
        ("json_number", '{"a": ' + "9" * 100_000 + "}"),
        ("json_number", '{"a": 0.' + "9" * 100_000 + "}"),
        ("json_text", '{"a": "\\ud800"}'),
        ("json_text", '{"\\udfff": 1}'),
        *(("json_text", json.dumps({"a": [f"王{one}芳"]})) for one in HIDDEN),
        *(("json_text", json.dumps({f"a{one}": 1})) for one in HIDDEN),
        ("json_kind", "[]"),
        ("json_kind", '"text"'),
        ("json_kind", "7"),
    ],
)
def test_document_with_more_than_one_reading_is_refused(code, text):
    with pytest.raises(ProofProblem, match=code):
        read_object(text.encode())


def test_text_that_is_not_utf8_is_refused():
    with pytest.raises(ProofProblem, match="json_encoding"):
        read_object('{"a": "王"}'.encode("gb18030"))


def test_mark_at_the_beginning_is_passed_over():
    assert read_object(b'\xef\xbb\xbf{"a": 1.5}') == {"a": 1.5}


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_read_or_refused(data):
    try:
        found = read_object(data)
    except ProofProblem:
        return
    assert isinstance(found, dict)
