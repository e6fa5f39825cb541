"""Acts on sites: open and close places that organisations keep."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.enums import SiteKind
from jiangxin.kernel.register.events import SiteClosed, SiteOpened
from jiangxin.kernel.register.models import Region, Site
from jiangxin.kernel.register.operations.days import check_day
from jiangxin.kernel.register.operations.organisations import RegionUnknown
from jiangxin.kernel.register.operations.steps import open_organisation


class SiteNameMissing(Refused):
    code = "register.site_name_missing"
    text = _("A site needs a name.")


class SiteClosedAlready(Refused):
    code = "register.site_closed_already"
    text = _("%(name)s was closed on %(valid_to)s and is kept as it was.")


@opens_transaction
def open_site(
    *,
    organisation_id: int,
    kind: str,
    name: str,
    region_code: str,
    address: str = "",
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> Site:
    """Enter a place that an organisation keeps from a day on.

    Raises NotPermitted, OrganisationNotOpen, SiteNameMissing, RegionUnknown,
    DayInFuture.
    """
    organisation = open_organisation(organisation_id)
    permissions.check_manage_organisation(actor, organisation)
    check_day(valid_from, now=now)
    if not name.strip():
        raise SiteNameMissing
    if not Region.objects.filter(pk=region_code, valid_to__isnull=True).exists():
        raise RegionUnknown(region=region_code)
    site = Site.objects.create(
        organisation=organisation,
        kind=SiteKind(kind),
        name=name.strip(),
        region_id=region_code,
        address=address.strip(),
        valid_from=valid_from,
    )
    record(
        SiteOpened(site_id=site.pk, kind=site.kind, valid_from=valid_from),
        subject=subject("organisation", organisation_id),
        actor=actor,
        at=now,
    )
    return site


@opens_transaction
def close_site(*, site_id: int, valid_to: date, actor: Actor, now: datetime) -> Site:
    """Close a site; `valid_to` is the first day without it.

    Raises NotPermitted, SiteClosedAlready, DayInFuture, DayTooEarly.
    """
    site = Site.objects.select_for_update().filter(pk=site_id).first()
    if site is None:
        raise NotFound
    permissions.check_manage_organisation(actor, site.organisation)
    if site.valid_to is not None:
        raise SiteClosedAlready(name=site.name, valid_to=site.valid_to.isoformat())
    check_day(valid_to, now=now, earliest=site.valid_from)
    site.valid_to = valid_to
    site.save(update_fields=["valid_to"])
    record(
        SiteClosed(site_id=site_id, valid_to=valid_to),
        subject=subject("organisation", site.organisation_id),
        actor=actor,
        at=now,
    )
    return site
