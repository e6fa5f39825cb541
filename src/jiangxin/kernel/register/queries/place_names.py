"""Names of places by code, for parts under the register that store codes only."""

from collections.abc import Collection, Mapping

from jiangxin.kernel.register.models import Organisation, Region


def region_names(codes: Collection[str]) -> Mapping[str, str]:
    """Return the names of those of the regions that exist."""
    return dict(Region.objects.filter(pk__in=codes).values_list("pk", "name"))


def organisation_names(codes: Collection[str]) -> Mapping[str, str]:
    """Return the names of those of the organisations that exist."""
    found = Organisation.objects.filter(code__in=codes)
    return dict(found.values_list("code", "name"))
