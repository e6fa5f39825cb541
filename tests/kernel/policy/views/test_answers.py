from datetime import date

import pytest
from django.utils import translation

from jiangxin.kernel.policy.views.answers import in_force, region_text
from tests.kernel.policy.making import leaf, policy

ANY = leaf("skill_grade", "at_least", 3)


@pytest.mark.parametrize(
    ("ends", "text"),
    [(None, "from 1 January 2020"), (date(2025, 12, 31), "to 31 December 2025")],
)
def test_dates_in_force_are_written_out(ends, text):
    with translation.override("en"):
        assert text in in_force(policy(ANY, ends=ends))


def test_region_is_named_or_the_whole_country(db):
    with translation.override("en"):
        assert region_text(policy(ANY)) == "Whole country"
        assert region_text(policy(ANY, region="331023")) == "331023"
