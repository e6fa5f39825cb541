"""The register's records, one module a family."""

from jiangxin.kernel.register.models.bank_account import BankAccount
from jiangxin.kernel.register.models.duplicates import (
    DuplicatePair,
    MergeStep,
    PersonMerge,
)
from jiangxin.kernel.register.models.organisation import (
    Organisation,
    OrganisationDetails,
    OrganisationPast,
)
from jiangxin.kernel.register.models.person import Person, PersonDetails, PersonPast
from jiangxin.kernel.register.models.region import Region
from jiangxin.kernel.register.models.roster import RosterImport, RosterRefusal
from jiangxin.kernel.register.models.site import Site
from jiangxin.kernel.register.models.ties import Employment, Membership

__all__ = [
    "BankAccount",
    "DuplicatePair",
    "Employment",
    "Membership",
    "MergeStep",
    "Organisation",
    "OrganisationDetails",
    "OrganisationPast",
    "Person",
    "PersonDetails",
    "PersonMerge",
    "PersonPast",
    "Region",
    "RosterImport",
    "RosterRefusal",
    "Site",
]
