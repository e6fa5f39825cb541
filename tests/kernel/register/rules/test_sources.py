from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.rules.sources import (
    Origin,
    all_from,
    origin_of,
    rank_of,
    with_origin,
)

FIELDS = ("name", "phone", "education")
origins = st.builds(
    Origin,
    st.sampled_from(Source),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["clerk", "roster:1", "correction:2"]),
)


def test_trust_rises_from_the_person_to_those_who_saw_papers():
    ranks = [Source.SELF.rank, Source.EMPLOYER.rank, Source.BUREAU.rank]
    assert ranks == sorted(set(ranks))
    assert Source.CLERK.rank == Source.FEDERATION.rank == Source.BUREAU.rank
    assert all(source.rank > 0 for source in Source)


def test_nobody_knows_where_an_older_record_is_from():
    assert origin_of({}, "phone") is None
    assert rank_of({}, "phone") == 0


@given(origins, origins, st.sampled_from(FIELDS))
def test_only_the_changed_field_has_the_newer_origin(first, second, changed):
    sources = with_origin(all_from(first), [changed], second)
    for field in FIELDS:
        assert origin_of(sources, field) == (second if field == changed else first)


@given(origins, origins, origins)
def test_the_last_act_on_a_field_counts(first, second, third):
    sources = with_origin(all_from(first), ["phone"], second)
    sources = with_origin(sources, ["phone"], third)
    assert origin_of(sources, "phone") == third
    assert rank_of(sources, "phone") == third.source.rank
