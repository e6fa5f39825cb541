from types import SimpleNamespace

from tests.walk_summary import STRANGER, WALKED, WRONG_PLACE, closing_line


def report(*walked, failed=False):
    properties = [(WALKED, [who, address]) for who, address in walked]
    return SimpleNamespace(user_properties=properties, failed=failed)


def test_a_run_without_a_walk_ends_without_the_line():
    assert closing_line([report()]) == ""


def test_the_line_counts_what_was_asked_and_as_whom():
    reports = [
        report((STRANGER, "a"), (STRANGER, "b")),
        report(("clerk", "a"), ("leader", "b"), (WRONG_PLACE, "c")),
    ]
    assert closing_line(reports) == (
        "access walk: 3 addresses x 2 roles + stranger + wrong place = 5 requests, "
        "none served out of scope"
    )


def test_the_line_claims_nothing_when_a_walk_failed():
    line = closing_line([report(("clerk", "a")), report(("clerk", "b"), failed=True)])
    assert line.endswith("= 2 requests, FAILED, see above")
