"""What the register brings."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.daily import Daily
from jiangxin.foundation.parts import Erasure, MenuItem, Part, Permission, WaitingItem
from jiangxin.foundation.sealing.files import SealedFiles
from jiangxin.kernel.access.registry import NamesPlaces
from jiangxin.kernel.register import jobs
from jiangxin.kernel.register.events import EVENTS
from jiangxin.kernel.register.operations.places import follow_people
from jiangxin.kernel.register.queries.place_names import (
    organisation_names,
    region_names,
)
from jiangxin.kernel.register.queries.rosters import count_rosters_waiting
from jiangxin.kernel.register.registry import OnPeopleChanged
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
        ),
        Permission(
            "register.unmask_people",
            _("Show identity numbers and phones"),
            _("One at a time, for a purpose; it is recorded and the person sees it."),
        ),
        Permission(
            "register.manage_people",
            _("Manage people"),
            _("Register and change people, their employment and union membership."),
        ),
        Permission(
            "register.import_rosters",
            _("Import rosters"),
            _("Hand in an employer's roster and write it to the register."),
        ),
        Permission(
            "register.view_own_record",
            _("See one's own record"),
            _("All that the register holds on oneself, and nothing on others."),
        ),
        # First of all followers: those above read where people are counted.
        OnPeopleChanged(follow_people),
        *EVENTS,
        NamesPlaces(region_names, organisation_names),
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
    ),
)
