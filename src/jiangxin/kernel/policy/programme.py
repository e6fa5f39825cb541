"""What the policy part brings."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.daily import Daily
from jiangxin.foundation.parts import (
    HomePanel,
    MenuItem,
    Part,
    Permission,
    WaitingItem,
)
from jiangxin.kernel.access.registry import ApiRoutes
from jiangxin.kernel.credentials.registry import PassportPanel
from jiangxin.kernel.policy import jobs
from jiangxin.kernel.policy.api.scopes import API_SCOPES
from jiangxin.kernel.policy.attributes.credentials import (
    CREDENTIAL_ATTRIBUTES,
    CREDENTIAL_DATES,
)
from jiangxin.kernel.policy.attributes.organisations import ORGANISATION_ATTRIBUTES
from jiangxin.kernel.policy.attributes.register import (
    REGISTER_ATTRIBUTES,
    REGISTER_DATES,
)
from jiangxin.kernel.policy.events import (
    AnswerFrozen,
    AnswersShown,
    DraftBegun,
    DraftChanged,
    DraftMoved,
    PeopleMatched,
    PolicyDecided,
    PolicyTookEffect,
)
from jiangxin.kernel.policy.models import FrozenAnswer, PolicyMatch
from jiangxin.kernel.policy.operations.matching import follow_changed_people
from jiangxin.kernel.policy.operations.merging import end_one_of_two
from jiangxin.kernel.policy.operations.on_snapshot import note_changed_people
from jiangxin.kernel.policy.permissions import DECIDE, EDIT, PUBLISH, VIEW, VIEW_OWN
from jiangxin.kernel.policy.queries.drafts import drafts_waiting
from jiangxin.kernel.policy.queries.frozen import frozen_of_person
from jiangxin.kernel.policy.queries.matches import matches_of_person, newly_served
from jiangxin.kernel.policy.queries.needs import fields_needed_on
from jiangxin.kernel.policy.reference import POLICY_PAGES
from jiangxin.kernel.policy.telling import KINDS
from jiangxin.kernel.policy.views import panels
from jiangxin.kernel.privacy.registry import OwnData
from jiangxin.kernel.register.registry import (
    MovesWithPerson,
    NeedsFields,
    OnPeopleChanged,
    OrganisationPanel,
    PersonPanel,
    RosterPanel,
)

PART = Part(
    key="policy",
    title=_("Policy"),
    purpose=_("Policies as data, matched against the register and explained."),
    urls="jiangxin.kernel.policy.urls",
    brings=(
        *REGISTER_ATTRIBUTES,
        *REGISTER_DATES,
        *CREDENTIAL_ATTRIBUTES,
        *ORGANISATION_ATTRIBUTES,
        *CREDENTIAL_DATES,
        PeopleMatched,
        AnswerFrozen,
        AnswersShown,
        *KINDS,
        *API_SCOPES,
        ApiRoutes("jiangxin.kernel.policy.api.routes.router"),
        ApiRoutes("jiangxin.kernel.policy.api.organisation_routes.router"),
        DraftBegun,
        DraftChanged,
        DraftMoved,
        PolicyDecided,
        PolicyTookEffect,
        *POLICY_PAGES,
        jobs.match_all,
        # Before the working day, so that birthdays and lapses of the night count.
        Daily(jobs.match_all, at=time(1, 30)),
        OnPeopleChanged(note_changed_people),
        OnPeopleChanged(follow_changed_people),
        MovesWithPerson(
            PolicyMatch,
            changing=("valid_from", "valid_to", "lost_in_id"),
            settle=end_one_of_two,
            is_derived=True,
        ),
        NeedsFields(fields_needed_on),
        MovesWithPerson(FrozenAnswer),
        RosterPanel("policy/_roster_panel.html", panels.roster_panel),
        PersonPanel("policy/_person_panel.html", panels.person_panel),
        OrganisationPanel("policy/_organisation_panel.html", panels.organisation_panel),
        PassportPanel("policy/_passport_panel.html", panels.passport_panel),
        OwnData("policies", _("Which policies serve me"), matches_of_person),
        OwnData("policy_answers", _("Answers kept for decisions"), frozen_of_person),
        HomePanel(
            "portal",
            "policy/_portal_panel.html",
            panels.portal_panel,
            permission=VIEW_OWN,
            order=10,
        ),
        Permission(
            VIEW,
            _("See policies and whom they serve"),
            _("Of people in the places the role is held for."),
            opens_people=True,
        ),
        Permission(
            VIEW_OWN,
            _("See one's own entitlements"),
            _("What one is entitled to, and why not the rest."),
        ),
        Permission(
            EDIT,
            _("Write policies"),
            _("For the places the role is held for; a second person approves."),
        ),
        Permission(
            PUBLISH,
            _("Approve policies"),
            _("What others wrote, for the places the role is held for."),
        ),
        Permission(
            DECIDE,
            _("Decide by policies"),
            _("Grant or decline what a policy says of a person, and keep the answer."),
        ),
        MenuItem(
            "desk", _("Policies"), "policy:policy-list", "file-text", VIEW, order=40
        ),
        MenuItem(
            "portal",
            _("My entitlements"),
            "policy:entitlement-list",
            "list-check",
            VIEW_OWN,
            order=10,
            short=_("Entitlements"),
        ),
        WaitingItem(
            "policy.drafts",
            _("policies wait for a second person"),
            "clipboard-check",
            "policy:draft-list",
            drafts_waiting,
            PUBLISH,
            unit=_("policies"),
        ),
        WaitingItem(
            "policy.newly_served",
            _("newly served by a policy in the last seven days"),
            "sparkles",
            "policy:newly-served",
            newly_served,
            VIEW,
            unit=_("people"),
        ),
    ),
)
