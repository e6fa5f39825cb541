"""What the register brings."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.daily import Daily
from jiangxin.foundation.parts import (
    Erasure,
    MenuItem,
    Part,
    Permission,
    SearchBox,
    WaitingItem,
)
from jiangxin.foundation.sealing.files import SealedFiles
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.registry import NamesPlaces
from jiangxin.kernel.register import jobs
from jiangxin.kernel.register.events import EVENTS
from jiangxin.kernel.register.models import BankAccount, Employment, Membership
from jiangxin.kernel.register.operations import settling
from jiangxin.kernel.register.operations.duplicates import look_at_changed_people
from jiangxin.kernel.register.operations.places import follow_people
from jiangxin.kernel.register.queries.completeness import (
    has_education,
    has_occupation,
    has_phone,
    has_union_date,
)
from jiangxin.kernel.register.queries.duplicates import count_pairs_open
from jiangxin.kernel.register.queries.place_names import (
    organisation_names,
    region_names,
)
from jiangxin.kernel.register.queries.rosters import count_rosters_waiting
from jiangxin.kernel.register.registry import (
    KnownField,
    MovesWithPerson,
    OnPeopleChanged,
    OrganisationPanel,
    PersonPanel,
)
from jiangxin.kernel.register.roster.events import (
    PersonFromRoster,
    RosterApplied,
    RosterHandedIn,
    RosterWithdrawn,
)
from jiangxin.kernel.register.roster.files import (
    delete_outdated_roster_files,
    outdated_roster_files,
    sealed_rosters,
)
from jiangxin.kernel.register.views.completeness import completeness_panel
from jiangxin.kernel.register.views.merged_panel import merged_panel
from jiangxin.kernel.register.views.people_listing import SEARCH_HINT

PART = Part(
    key="register",
    title=_("Register"),
    purpose=_("Regions, organisations, people, employment, membership and sites."),
    urls="jiangxin.kernel.register.urls",
    brings=(
        Permission(
            "register.view_organisations",
            _("See organisations"),
            _("Unions, employers and other bodies of the place, with their sites."),
        ),
        Permission(
            "register.manage_organisations",
            _("Manage organisations"),
            _("Register, change and close organisations, open and close their sites."),
        ),
        Permission(
            "register.view_people",
            _("See people"),
            _("Workers of the place, with identity numbers and phones masked."),
            opens_people=True,
        ),
        Permission(
            "register.unmask_people",
            _("Show identity numbers, phones and bank accounts"),
            _("One at a time, for a purpose; it is recorded and the person sees it."),
        ),
        Permission(
            "register.manage_people",
            _("Manage people"),
            _("Register and change people, their employment and union membership."),
        ),
        Permission(
            "register.merge_people",
            _("Merge records of one person"),
            _(
                "Judge whether two records are of one person, merge them, and part"
                " them again."
            ),
        ),
        Permission(
            "register.import_rosters",
            _("Import rosters"),
            _("Hand in an employer's roster and write it to the register."),
            opens_people=True,
        ),
        Permission(
            "register.view_own_record",
            _("See one's own record"),
            _("All that the register holds on oneself, and nothing on others."),
        ),
        # First of all followers: those above read where people are counted.
        OnPeopleChanged(follow_people),
        OnPeopleChanged(look_at_changed_people),
        # After the night's matching, which needs the database as much.
        Daily(jobs.find_duplicates, at=time(3, 0)),
        KnownField("phone", _("Mobile phone"), has_phone),
        KnownField("education", _("Education"), has_education),
        KnownField("union_date", _("Date of joining the union"), has_union_date),
        KnownField("occupation", _("Occupation"), has_occupation),
        OrganisationPanel(
            "register/_completeness_panel.html", completeness_panel, order=20
        ),
        PersonPanel("register/_merged_panel.html", merged_panel, order=90),
        MovesWithPerson(
            Employment, changing=("valid_to",), settle=settling.settle_employment
        ),
        MovesWithPerson(
            Membership, changing=("valid_to",), settle=settling.settle_membership
        ),
        MovesWithPerson(
            BankAccount, changing=("ended_at",), settle=settling.settle_bank_account
        ),
        # Of access, which stands below and knows nobody here.
        MovesWithPerson(Account, settle=settling.settle_account),
        *EVENTS,
        NamesPlaces(region_names, organisation_names),
        SearchBox(
            _("Find people"),
            SEARCH_HINT,
            "register:person-list",
            "register.view_people",
        ),
        MenuItem(
            "portal",
            _("My record"),
            "register:portal-record",
            "id",
            "register.view_own_record",
            order=20,
        ),
        MenuItem(
            "desk",
            _("People"),
            "register:person-list",
            "users",
            "register.view_people",
            order=10,
        ),
        MenuItem(
            "desk",
            _("Organisations"),
            "register:organisation-list",
            "building",
            "register.view_organisations",
            order=20,
        ),
        MenuItem(
            "desk",
            _("Sites"),
            "register:site-list",
            "map-pin",
            "register.view_organisations",
            order=60,
        ),
        MenuItem(
            "desk",
            _("Regions"),
            "register:region-list",
            "building-community",
            "register.view_organisations",
            order=70,
        ),
        MenuItem(
            "desk",
            _("Rosters"),
            "register:roster-list",
            "file-spreadsheet",
            "register.import_rosters",
            order=30,
        ),
        MenuItem(
            "desk",
            _("People registered twice"),
            "register:duplicate-list",
            "equal",
            "register.merge_people",
            order=35,
        ),
        WaitingItem(
            "register.duplicates_open",
            _("Possible duplicates waiting for your decision"),
            "equal",
            "register:duplicate-list",
            count_pairs_open,
            "register.merge_people",
            unit=_("pairs"),
        ),
        WaitingItem(
            "register.rosters_ready",
            _("Rosters waiting for your confirmation"),
            "file-spreadsheet",
            "register:roster-list",
            count_rosters_waiting,
            "register.import_rosters",
            unit=_("rosters"),
        ),
        SealedFiles(sealed_rosters),
        Erasure(
            "register.roster_files",
            "roster_files",
            _("Files of written rosters"),
            count=lambda before: len(outdated_roster_files(before)),
            erase=delete_outdated_roster_files,
        ),
        RosterHandedIn,
        RosterApplied,
        RosterWithdrawn,
        PersonFromRoster,
        jobs.check_roster,
        jobs.apply_roster,
        jobs.delete_orphans,
        Daily(jobs.delete_orphans, at=time(2, 0)),
        jobs.find_duplicates,
    ),
)
