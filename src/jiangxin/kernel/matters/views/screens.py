"""The office's acts as screens: one row an act, from its button to its operation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.parts import Text
from jiangxin.kernel.matters import permissions
from jiangxin.kernel.matters.enums import ActKind, MatterState
from jiangxin.kernel.matters.forms import acts as forms
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations import accepting, deciding, working
from jiangxin.kernel.matters.rules.moves import may_follow
from jiangxin.kernel.matters.rules.service import Service


@dataclass(frozen=True)
class Given:
    """What an act is run with. form: valid."""

    matter_id: int
    form: Any
    actor: Actor
    now: datetime

    @property
    def door(self) -> dict[str, Any]:
        return {
            "matter_id": self.matter_id,
            "seen": self.form.cleaned_data["seen"],
            "actor": self.actor,
            "now": self.now,
        }

    def value(self, name: str) -> Any:
        return self.form.cleaned_data.get(name)


@dataclass(frozen=True)
class Screen:
    """offered: whether it makes sense for a matter as it stands, beyond the moves."""

    kind: ActKind
    label: Text
    purpose: Text
    icon: str
    done: Text
    form: type[forms.ActForm]
    run: Callable[[Given], object]
    permission: str = permissions.HANDLE
    offered: Callable[[Matter, Service], bool] = lambda _matter, _service: True
    is_main: bool = False
    tone: str = "primary"


def _no_steps_left(matter: Matter, wanted: Service) -> bool:
    return wanted.step(matter.step) is None


SCREENS: Mapping[str, Screen] = {
    "accept": Screen(
        ActKind.ACCEPTED,
        _("Accept"),
        _("From tomorrow on the clock of this matter runs."),
        "clipboard-check",
        _("The matter is accepted; its clock runs from tomorrow on."),
        forms.AcceptForm,
        lambda given: accepting.accept_matter(
            **given.door,
            papers=given.value("papers") or (),
            promised=given.value("promised") or (),
        ),
        is_main=True,
    ),
    "step": Screen(
        ActKind.STEP_DONE,
        _("Step done"),
        _("The step at hand is finished, and the next one begins."),
        "check",
        _("The next step has begun."),
        forms.NoteForm,
        lambda given: working.finish_step(**given.door, note=given.value("note")),
        offered=lambda matter, wanted: not _no_steps_left(matter, wanted),
        is_main=True,
    ),
    "grant": Screen(
        ActKind.GRANTED,
        _("Grant"),
        _("What was applied for is granted; the applicant is told."),
        "circle-check",
        _("The matter is granted."),
        forms.GrantForm,
        lambda given: deciding.grant_matter(**given.door, note=given.value("note")),
        permission=permissions.DECIDE,
        offered=_no_steps_left,
        is_main=True,
    ),
    "hand-out": Screen(
        ActKind.HANDED_OUT,
        _("Hand out"),
        _("What was granted is collected: by whom, and what was given back."),
        "certificate",
        _("Handed out, and written down by whom it was collected."),
        forms.HandOutForm,
        lambda given: deciding.hand_out(
            **given.door,
            collector=given.value("collector"),
            signature=given.value("drawn") or given.value("signature"),
            surrendered=bool(given.value("surrendered")),
        ),
        offered=lambda matter, wanted: (
            wanted.handed_out is not None and matter.handed_out_at is None
        ),
        is_main=True,
    ),
    "supplements": Screen(
        ActKind.SUPPLEMENT_ASKED,
        _("Ask for supplements"),
        _(
            "Name everything that has to be put right, once and together: only what you"
            " name is opened to the applicant again. The clock stops until it comes."
        ),
        "edit",
        _("The applicant is told what is missing, all of it together."),
        forms.SupplementsForm,
        lambda given: accepting.ask_supplements(**given.door, items=given.form.items()),
    ),
    "take": Screen(
        ActKind.ASSIGNED,
        _("Take it"),
        _("It comes into your hands."),
        "user",
        _("It is in your hands."),
        forms.ActForm,
        lambda given: working.take_matter(**given.door),
        offered=lambda matter, _wanted: matter.assigned_account_id is None,
    ),
    "assign": Screen(
        ActKind.ASSIGNED,
        _("Assign"),
        _("Give the matter to a colleague who may handle it."),
        "users",
        _("It is in your colleague's hands."),
        forms.AssignForm,
        lambda given: working.assign_matter(
            **given.door, account_id=given.value("account").pk
        ),
        permission=permissions.ASSIGN,
    ),
    "release": Screen(
        ActKind.RELEASED,
        _("Give back"),
        _("It goes back to the queue, into nobody's hands."),
        "arrow-left",
        _("It is back in the queue."),
        forms.ActForm,
        lambda given: working.release_matter(**given.door),
        offered=lambda matter, _wanted: matter.assigned_account_id is not None,
    ),
    "note": Screen(
        ActKind.NOTED,
        _("Write a note"),
        _("For colleagues; the applicant does not see it."),
        "pencil",
        _("The note is kept."),
        forms.WordsForm,
        lambda given: working.note_matter(**given.door, text=given.value("note")),
    ),
    "visit": Screen(
        ActKind.VISITED,
        _("Count a visit"),
        _("The applicant came to the window for this matter."),
        "map-pin",
        _("The visit is counted."),
        forms.ActForm,
        lambda given: working.count_visit(**given.door),
    ),
    "refuse": Screen(
        ActKind.REFUSED,
        _("Refuse"),
        _("What was applied for is not granted. The applicant reads the reason."),
        "circle-x",
        _("The matter is refused; the applicant reads the reason."),
        forms.ReasonForm,
        lambda given: deciding.refuse_matter(
            **given.door, reason=given.value("reason")
        ),
        permission=permissions.DECIDE,
        tone="danger",
    ),
    "decline": Screen(
        ActKind.NOT_ACCEPTED,
        _("Do not accept"),
        _("The application is not accepted, in writing and with the reason."),
        "circle-x",
        _("The application is not accepted; the applicant reads the reason."),
        forms.ReasonForm,
        lambda given: accepting.decline_matter(
            **given.door, reason=given.value("reason")
        ),
        tone="danger",
    ),
    "revoke": Screen(
        ActKind.ACCEPTANCE_REVOKED,
        _("Revoke the acceptance"),
        _("What was promised did not come in its days."),
        "circle-x",
        _("The acceptance is revoked; the applicant reads the reason."),
        forms.ReasonForm,
        lambda given: accepting.revoke_acceptance(
            **given.door, reason=given.value("reason")
        ),
        offered=lambda matter, _wanted: matter.promise_due_on is not None,
        tone="danger",
    ),
}


def screens_for(matter: Matter, wanted: Service, actor: Actor) -> dict[str, Screen]:
    """Return the acts that this actor may do to the matter as it stands."""
    state = MatterState(matter.state)
    return {
        name: screen
        for name, screen in SCREENS.items()
        if may_follow(screen.kind, state, is_waiting=matter.is_waiting)
        and screen.offered(matter, wanted)
        and permissions.can_act_as_office(actor, matter, screen.permission)
    }
