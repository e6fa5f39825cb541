"""What the register brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import MenuItem, Part, Permission, WaitingItem
from jiangxin.kernel.register import jobs
from jiangxin.kernel.register.operations.rosters import count_rosters_waiting
from jiangxin.kernel.register.roster.events import (
    PersonFromRoster,
    RosterApplied,
    RosterHandedIn,
    RosterWithdrawn,
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
            "register.manage_people",
            _("Manage people"),
            _("Register and change people, their employment and union membership."),
        ),
        Permission(
            "register.import_rosters",
            _("Import rosters"),
            _("Hand in an employer's roster and write it to the register."),
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
        ),
        RosterHandedIn,
        RosterApplied,
        RosterWithdrawn,
        PersonFromRoster,
        jobs.check_roster,
        jobs.apply_roster,
    ),
)
