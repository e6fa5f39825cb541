"""What the credentials part brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part, Permission
from jiangxin.kernel.credentials.roster import SkillCertificateFacet
from jiangxin.kernel.credentials.views.own_panel import own_panel
from jiangxin.kernel.register.registry import OwnRecordPanel

PART = Part(
    key="credentials",
    title=_("Credentials"),
    purpose=_("Skill grades, titles, honours and certificates as records."),
    brings=(
        Permission(
            "credentials.view",
            _("See credentials"),
            _("What the people and organisations of the place hold."),
        ),
        Permission(
            "credentials.record",
            _("Record credentials"),
            _("Enter a credential as its issuer stated it, or replace one."),
        ),
        Permission(
            "credentials.revoke",
            _("Suspend and revoke credentials"),
            _("Suspend, restore or revoke what a person or an organisation holds."),
        ),
        SkillCertificateFacet(),
        OwnRecordPanel("credentials/_own_panel.html", own_panel),
    ),
)
