"""What the register brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part, Permission

PART = Part(
    key="register",
    title=_("Register"),
    purpose=_("Regions, organisations, people, employment, membership and sites."),
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
    ),
)
