"""What the credentials part brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import (
    MenuItem,
    Part,
    Permission,
    WaitingItem,
    erasure_of_rows,
)
from jiangxin.foundation.sealing.files import SealedFiles
from jiangxin.kernel.credentials import jobs  # noqa: F401 -- declares the job
from jiangxin.kernel.credentials.events import EVENTS
from jiangxin.kernel.credentials.models import Credential, PassportShare
from jiangxin.kernel.credentials.operations.batches import sealed_batches
from jiangxin.kernel.credentials.queries import (
    has_skill_grade,
    held_by_person,
    titles_of,
)
from jiangxin.kernel.credentials.queries.expiring import count_ending_soon
from jiangxin.kernel.credentials.queries.passport import shares_over
from jiangxin.kernel.credentials.roster import SkillCertificateFacet
from jiangxin.kernel.credentials.views import panels
from jiangxin.kernel.credentials.views.listing import PEOPLE_EXTRA
from jiangxin.kernel.credentials.views.own_panel import own_panel
from jiangxin.kernel.privacy.registry import OwnData
from jiangxin.kernel.register.permissions import VIEW_OWN_RECORD
from jiangxin.kernel.register.registry import (
    KnownField,
    MovesWithPerson,
    OrganisationPanel,
    OwnRecordPanel,
    PersonPanel,
)

PART = Part(
    key="credentials",
    title=_("Credentials"),
    purpose=_("Skill grades, titles, honours and certificates as records."),
    urls="jiangxin.kernel.credentials.urls",
    brings=(
        Permission(
            "credentials.view",
            _("See credentials"),
            _("What the people and organisations of the place hold."),
            opens_people=True,
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
        Permission(
            "credentials.issue",
            _("Issue credentials"),
            _("Sign what is on record as a certificate that anyone can check."),
        ),
        Permission(
            "credentials.manage_keys",
            _("Manage signing keys"),
            _("Change the keys that certificates are signed with, or give one up."),
        ),
        SkillCertificateFacet(),
        MenuItem(
            "desk",
            _("Credentials"),
            "credentials:credential-list",
            "certificate",
            "credentials.view",
            order=50,
        ),
        MenuItem(
            "public",
            _("Check a certificate"),
            "credentials:file-check",
            "checklist",
            "",
            order=40,
        ),
        MenuItem(
            "desk",
            _("Ending soon"),
            "credentials:expiring-list",
            "calendar",
            "credentials.view",
            order=51,
        ),
        WaitingItem(
            "credentials.ending_soon",
            _("Credentials that end within 30 days"),
            "calendar",
            "credentials:expiring-list",
            count_ending_soon,
            permission="credentials.record",
            unit=_("credentials"),
        ),
        MenuItem(
            "portal",
            _("Skills passport"),
            "credentials:passport",
            "certificate",
            VIEW_OWN_RECORD,
            order=30,
        ),
        MovesWithPerson(Credential, lines=titles_of),
        MovesWithPerson(PassportShare),
        erasure_of_rows(
            "credentials.passport_shares",
            "passport_shares",
            _("Links to skills passports that are over"),
            shares_over,
        ),
        KnownField("skill_grade", _("Skill grade"), has_skill_grade),
        *EVENTS,
        SealedFiles(sealed_batches),
        PEOPLE_EXTRA,
        PersonPanel("credentials/_panel.html", panels.person_panel, order=10),
        OrganisationPanel("credentials/_panel.html", panels.organisation_panel),
        OwnRecordPanel("credentials/_own_panel.html", own_panel),
        OwnData("credentials", _("What I hold"), held_by_person),
    ),
)
