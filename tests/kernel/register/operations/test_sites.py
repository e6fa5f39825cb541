from datetime import date

import pytest
from django.db import IntegrityError, transaction

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.register.models import Site
from jiangxin.kernel.register.operations import organisations, sites
from jiangxin.kernel.register.operations.days import DayInFuture, DayTooEarly
from jiangxin.kernel.register.operations.steps import OrganisationNotOpen
from tests.kernel.register.cast import NORTH, NORTHERNER, OFFICER, SINCE, STRANGER
from tests.unreached import UNREACHED

LATER = date(2026, 6, 1)


def open_one(organisation, now, *, actor=OFFICER, **more):
    given = {"kind": "studio", "name": "大师工作室", "region_code": NORTH, **more}
    return sites.open_site(
        organisation_id=organisation.pk,
        **{"valid_from": SINCE, **given},
        actor=actor,
        now=now,
    )


def close(site, now, *, actor=OFFICER, on=LATER):
    return sites.close_site(site_id=site.pk, valid_to=on, actor=actor, now=now)


def test_site_opens_and_closes_and_stays(now, firms):
    site = open_one(firms.north, now, address="街道1号")
    close(site, now)
    site.refresh_from_db()
    assert (site.valid_from, site.valid_to) == (SINCE, LATER)
    kinds = [event.kind for event in events_of(f"organisation:{firms.north.pk}")][:2]
    assert kinds == ["register.site_closed", "register.site_opened"]
    with pytest.raises(sites.SiteClosedAlready):
        close(site, now)


@pytest.mark.parametrize(
    ("refusal", "more"),
    [
        (sites.SiteNameMissing, {"name": " "}),
        (organisations.RegionUnknown, {"region_code": "330726999"}),
        (DayInFuture, {"valid_from": date(2027, 1, 1)}),
        (NotPermitted, {"actor": STRANGER}),
    ],
)
def test_faulty_site_is_refused(now, firms, refusal, more):
    with pytest.raises(refusal):
        open_one(firms.north, now, **more)
    assert not Site.objects.exists()


def test_site_of_another_town_is_left_alone(now, firms):
    with pytest.raises(NotPermitted):
        open_one(firms.south, now, actor=NORTHERNER)
    site = open_one(firms.south, now)
    with pytest.raises(NotPermitted):
        close(site, now, actor=NORTHERNER)


def test_site_closes_in_its_time(now, firms):
    site = open_one(firms.north, now)
    with pytest.raises(DayTooEarly):
        close(site, now, on=date(2025, 1, 1))
    with pytest.raises(DayInFuture):
        close(site, now, on=date(2027, 1, 1))
    with pytest.raises(NotFound):
        close(Site(pk=UNREACHED), now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.filter(pk=site.pk).update(valid_to=date(2025, 1, 1))


def test_closed_organisation_opens_no_site(now, firms):
    firms.north.closed_on = SINCE
    firms.north.save()
    with pytest.raises(OrganisationNotOpen):
        open_one(firms.north, now)
