"""Kinds of credential, ladders and their grades, and the life of a credential."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class CredentialKind(TextChoices):
    SKILL_CERTIFICATE = "skill_certificate", _("Skill grade certificate")
    CRAFTSMAN_TITLE = "craftsman_title", _("Craftsman title")
    HONOUR = "honour", _("Honour")
    STUDIO_NAMING = "studio_naming", _("Studio naming")
    ENTERPRISE_RATING = "enterprise_rating", _("Enterprise rating")
    CERTIFICATE = "certificate", _("Other certificate")


class Ladder(TextChoices):
    SKILL = "skill", _("Eight-grade skill ladder")
    CRAFTSMAN = "craftsman", _("Craftsman tiers")
    HONOUR = "honour", _("Honour levels")
    NONE = "", _("No ladder")


# Credentials of other kinds stand on no ladder.
KIND_LADDERS: dict[CredentialKind, Ladder] = {
    CredentialKind.SKILL_CERTIFICATE: Ladder.SKILL,
    CredentialKind.CRAFTSMAN_TITLE: Ladder.CRAFTSMAN,
    CredentialKind.HONOUR: Ladder.HONOUR,
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


GRADES: dict[str, type[IntegerChoices]] = {
    Ladder.SKILL: SkillGrade,
    Ladder.CRAFTSMAN: CraftsmanTier,
    Ladder.HONOUR: HonourLevel,
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
