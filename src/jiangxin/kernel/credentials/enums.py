"""Kinds of credential, ladders and their grades, and the life of a credential."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class CredentialKind(TextChoices):
    SKILL_CERTIFICATE = "skill_certificate", _("Skill grade certificate")
    CRAFTSMAN_TITLE = "craftsman_title", _("Craftsman title")
    HONOUR = "honour", _("Honour")
    STUDIO_NAMING = "studio_naming", _("Studio naming")
    ENTERPRISE_RATING = "enterprise_rating", _("Enterprise rating")
    CONTEST_RESULT = "contest_result", _("Contest result")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship agreement")
    MENTORSHIP = "mentorship", _("Mentor's appointment")
    VOLUNTEER_STAR = "volunteer_star", _("Volunteer star")
    WAGE_AGREEMENT = "wage_agreement", _("Agreement on wages by grade")
    INSURANCE_RECORD = "insurance_record", _("Unemployment insurance record")
    HARDSHIP_FILE = "hardship_file", _("Hardship file")
    VOLUNTEER_SERVICE = "volunteer_service", _("Record of volunteer service")
    TRAINING_RECORD = "training_record", _("Record of training")
    CERTIFICATE = "certificate", _("Other certificate")


class Ladder(TextChoices):
    SKILL = "skill", _("Eight-grade skill ladder")
    CRAFTSMAN = "craftsman", _("Craftsman tiers")
    HONOUR = "honour", _("Honour levels")
    STAR = "star", _("Volunteer stars")
    HARDSHIP = "hardship", _("Degrees of hardship")
    NONE = "", _("No ladder")


# Credentials of other kinds stand on no ladder.
KIND_LADDERS: dict[CredentialKind, Ladder] = {
    CredentialKind.SKILL_CERTIFICATE: Ladder.SKILL,
    CredentialKind.CRAFTSMAN_TITLE: Ladder.CRAFTSMAN,
    CredentialKind.HONOUR: Ladder.HONOUR,
    # The level of the contest whose rules name the place won.
    CredentialKind.CONTEST_RESULT: Ladder.HONOUR,
    CredentialKind.VOLUNTEER_STAR: Ladder.STAR,
    CredentialKind.HARDSHIP_FILE: Ladder.HARDSHIP,
}


class Unit(TextChoices):
    """In what the quantity of a credential is counted."""

    HOURS = "hours", _("hours")
    CLASS_HOURS = "class_hours", _("class hours")


# Each says of how much; credentials of other kinds have no quantity.
KIND_UNITS: dict[CredentialKind, Unit] = {
    CredentialKind.VOLUNTEER_SERVICE: Unit.HOURS,
    CredentialKind.TRAINING_RECORD: Unit.CLASS_HOURS,
}


class SkillGrade(IntegerChoices):
    """The eight grades of 2022, lowest first.

    Ranks of our own: a certificate's digit runs the other way (5 junior … 1 senior
    technician).
    """

    APPRENTICE = 0, _("Apprentice worker")
    JUNIOR = 1, _("Junior worker")
    INTERMEDIATE = 2, _("Intermediate worker")
    SENIOR = 3, _("Senior worker")
    TECHNICIAN = 4, _("Technician")
    SENIOR_TECHNICIAN = 5, _("Senior technician")
    SPECIAL_TECHNICIAN = 6, _("Special-grade technician")
    CHIEF_TECHNICIAN = 7, _("Chief technician")


class CraftsmanTier(IntegerChoices):
    TOWN = 0, _("Town craftsman")
    COUNTY = 1, _("County craftsman")
    CITY = 2, _("City craftsman")
    PROVINCE = 3, _("Provincial craftsman")
    NATION = 4, _("National craftsman")


class HonourLevel(IntegerChoices):
    ENTERPRISE = 0, _("Enterprise level")
    COUNTY = 1, _("County level")
    CITY = 2, _("City level")
    PROVINCE = 3, _("Provincial level")
    NATION = 4, _("National level")


class VolunteerStar(IntegerChoices):
    ONE = 1, _("One star")
    TWO = 2, _("Two stars")
    THREE = 3, _("Three stars")
    FOUR = 4, _("Four stars")
    FIVE = 5, _("Five stars")


class HardshipDegree(IntegerChoices):
    """Of workers whom the union keeps a file on, the lightest first."""

    SUDDEN = 1, _("Hardship by an unforeseen event")
    RELATIVE = 2, _("Relative hardship")
    DEEP = 3, _("Deep hardship")


GRADES: dict[str, type[IntegerChoices]] = {
    Ladder.SKILL: SkillGrade,
    Ladder.CRAFTSMAN: CraftsmanTier,
    Ladder.HONOUR: HonourLevel,
    Ladder.STAR: VolunteerStar,
    Ladder.HARDSHIP: HardshipDegree,
}


class CredentialStatus(TextChoices):
    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    SUPERSEDED = "superseded", _("Replaced by a later record")


CREDENTIAL_MOVES: dict[CredentialStatus, tuple[CredentialStatus, ...]] = {
    CredentialStatus.VALID: (
        CredentialStatus.SUSPENDED,
        CredentialStatus.REVOKED,
        CredentialStatus.SUPERSEDED,
    ),
    CredentialStatus.SUSPENDED: (CredentialStatus.VALID, CredentialStatus.REVOKED),
    CredentialStatus.REVOKED: (),
    CredentialStatus.SUPERSEDED: (),
}


class IssueStatus(TextChoices):
    """Of one issue of a credential, as anyone who checks it is told."""

    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    SUPERSEDED = "superseded", _("Replaced by a later issue")


ISSUE_MOVES: dict[IssueStatus, tuple[IssueStatus, ...]] = {
    IssueStatus.VALID: (
        IssueStatus.SUSPENDED,
        IssueStatus.REVOKED,
        IssueStatus.SUPERSEDED,
    ),
    IssueStatus.SUSPENDED: (
        IssueStatus.VALID,
        IssueStatus.REVOKED,
        IssueStatus.SUPERSEDED,
    ),
    IssueStatus.REVOKED: (),
    IssueStatus.SUPERSEDED: (),
}


class KeyState(TextChoices):
    ACTIVE = "active", _("Signs")
    RETIRED = "retired", _("Retired")
    COMPROMISED = "compromised", _("Compromised")


KEY_MOVES: dict[KeyState, tuple[KeyState, ...]] = {
    KeyState.ACTIVE: (KeyState.RETIRED, KeyState.COMPROMISED),
    KeyState.RETIRED: (KeyState.COMPROMISED,),
    KeyState.COMPROMISED: (),
}


class SealRole(TextChoices):
    AUTHORITY = "authority", _("Vouches for seals")
    SEAL = "seal", _("Signs certificates")


class BatchForm(TextChoices):
    """What a batch of certificates is made into."""

    FILES = "files", _("Signed PDF files, one for each holder")
    PAGES = "pages", _("Pages to print, 100 in a file")


class Due(TextChoices):
    """When a credential ends, seen from today."""

    LAPSED = "lapsed", _("Ended within a year")
    WITHIN_30 = "30", _("Ends within 30 days")
    WITHIN_60 = "60", _("Ends within 60 days")
    WITHIN_90 = "90", _("Ends within 90 days")
