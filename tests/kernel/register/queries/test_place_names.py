from datetime import date

import pytest

from jiangxin.foundation.actor import Scope
from jiangxin.kernel.access.queries import place_names
from jiangxin.kernel.register.models import Organisation, Region

pytestmark = pytest.mark.django_db


def test_places_that_exist_are_known_by_name():
    region = Region.objects.create(code="330726", name="浦江县", level=3)
    Organisation.objects.create(
        name="浦江县总工会",
        region=region,
        code="U-1",
        kind="federation",
        valid_from=date(2020, 1, 1),
    )
    known = {
        Scope(region_code="330726"): "浦江县",
        Scope(organisation_code="U-1"): "浦江县总工会",
    }
    unknown = [Scope(region_code="999999"), Scope(organisation_code="U-2")]
    assert place_names([*known, *unknown, Scope()]) == known


def test_no_place_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert place_names([Scope()]) == {}
