"""The closed lists of the register. Codes of national standards keep their codes."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class RegionLevel(IntegerChoices):
    """How deep a division lies; the code's length says the same."""

    PROVINCE = 1, _("Province")
    CITY = 2, _("City")
    COUNTY = 3, _("County")
    TOWN = 4, _("Town")
    VILLAGE = 5, _("Village")


class OrganisationKind(TextChoices):
    FEDERATION = "federation", _("Federation of trade unions")
    TOWN_UNION = "town_union", _("Town union")
    GRASSROOTS_UNION = "grassroots_union", _("Grassroots union")
    JOINT_UNION = "joint_union", _("Joint union")
    EMPLOYER = "employer", _("Employer")
    SCHOOL = "school", _("School")
    BANK = "bank", _("Bank")
    PUBLIC_BODY = "public_body", _("Public body")


UNIONS = (
    OrganisationKind.FEDERATION,
    OrganisationKind.TOWN_UNION,
    OrganisationKind.GRASSROOTS_UNION,
    OrganisationKind.JOINT_UNION,
)


class Scale(TextChoices):
    """Size of an enterprise, by the statistical classes of 2017."""

    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


class Ownership(TextChoices):
    STATE = "state", _("State-owned")
    COLLECTIVE = "collective", _("Collective")
    PRIVATE = "private", _("Private")
    FOREIGN = "foreign", _("Foreign-invested")
    HMT = "hmt", _("Invested from Hong Kong, Macao or Taiwan")
    OTHER = "other", _("Other ownership")


class IdType(TextChoices):
    """Kinds of identity document; the codes are those of GA/T 517 where it has one."""

    RESIDENT = "111", _("Resident identity card")
    PERMANENT_RESIDENT = "553", _("Foreigner's permanent residence card")
    HMT_RESIDENT = "810", _("Residence permit for Hong Kong, Macao and Taiwan")


class Sex(TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("Not known")
    MALE = "1", _("Male")
    FEMALE = "2", _("Female")
    UNSTATED = "9", _("Not stated")


class SiteKind(TextChoices):
    BASE = "base", _("Base")
    STATION = "station", _("Service station")
    ACADEMY = "academy", _("Craftsmen's academy")
    STUDIO = "studio", _("Studio")
    WINDOW = "window", _("Service window")


class DuplicateRule(TextChoices):
    """Why two records may be of one person; the surest first."""

    SAME_NAME_AT_WORK = "same_name_at_work", _("Same name, birth date and employer")
    SAME_NAME_AND_PHONE = "same_name_and_phone", _("Same name and phone")
    CLOSE_NAME = "close_name", _("Name that sounds alike, same birth date")


class DuplicateState(TextChoices):
    """What was decided about two records that may be of one person."""

    OPEN = "open", _("To be decided")
    DIFFERENT = "different", _("Different people")
    MERGED = "merged", _("Merged into one record")


class RosterState(TextChoices):
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Waiting for confirmation")
    UNREADABLE = "unreadable", _("Could not be read")
    APPLYING = "applying", _("Being written")
    APPLIED = "applied", _("Written to the register")
    FAILED = "failed", _("Not written")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ROSTER_MOVES: dict[RosterState, tuple[RosterState, ...]] = {
    RosterState.CHECKING: (
        RosterState.APPLIED,  # at once, when nobody looks at it first
        RosterState.READY,
        RosterState.UNREADABLE,
        RosterState.WITHDRAWN,
    ),
    RosterState.READY: (
        RosterState.CHECKING,
        RosterState.APPLYING,
        RosterState.WITHDRAWN,
    ),
    RosterState.UNREADABLE: (RosterState.CHECKING, RosterState.WITHDRAWN),
    RosterState.APPLYING: (RosterState.APPLIED, RosterState.FAILED),
    RosterState.APPLIED: (),
    RosterState.FAILED: (RosterState.CHECKING, RosterState.WITHDRAWN),
    RosterState.WITHDRAWN: (),
}
