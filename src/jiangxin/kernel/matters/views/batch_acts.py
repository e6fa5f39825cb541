"""The acts that may be done to many matters at once: one row an act.

Decisions are not among them: a grant and a refusal are looked at one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.foundation.actor import Actor, holds
from jiangxin.foundation.parts import Text
from jiangxin.kernel.matters import permissions
from jiangxin.kernel.matters.enums import ActKind, MatterState
from jiangxin.kernel.matters.forms.batch import (
    BatchAssignForm,
    BatchForm,
    BatchNoteForm,
)
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.batch import (
    Batch,
    Target,
    accept_many,
    assign_many,
    note_many,
    release_many,
    take_many,
)
from jiangxin.kernel.matters.rules.moves import may_follow


@dataclass(frozen=True)
class BatchAct:
    """run: takes the targets, what the form said, who acts and when.

    undo: the act, by its name, that takes it back; "" for what cannot be.
    """

    name: str
    kind: ActKind
    label: Text
    purpose: Text
    icon: str
    run: Callable[[Sequence[Target], dict[str, Any], Actor, datetime], Batch]
    permission: str = permissions.HANDLE
    form: type[BatchForm] = BatchForm
    undo: str = ""

    def hindrance(self, matter: Matter, target: Target, actor: Actor) -> str:
        """Say why it will not be done to a matter as it stands; "" if nothing is seen."""
        if not permissions.can_act_as_office(actor, matter, self.permission):
            return _("You may not do this to it.")
        if matter.version != target.seen:
            return _("Somebody has acted on it since you opened the list.")
        state = MatterState(matter.state)
        if not may_follow(self.kind, state, is_waiting=matter.is_waiting):
            if matter.is_waiting:
                return _("It waits for the applicant's supplements.")
            return _("It is %(state)s.") % {"state": matter.get_state_display()}
        if self.kind is ActKind.ASSIGNED and matter.assigned_account_id is not None:
            hands = {"who": matter.assigned_label}
            return _("It is in the hands of %(who)s.") % hands
        return ""


BATCH_ACTS: Mapping[str, BatchAct] = {
    one.name: one
    for one in (
        BatchAct(
            "take",
            ActKind.ASSIGNED,
            gettext_lazy("Take them"),
            gettext_lazy(
                "They come into your hands; what others have stays with them."
            ),
            "user",
            lambda targets, _said, actor, now: take_many(targets, actor=actor, now=now),
            undo="release",
        ),
        BatchAct(
            "assign",
            ActKind.ASSIGNED,
            gettext_lazy("Assign them"),
            gettext_lazy(
                "Give them to one colleague; what is in somebody's hands stays there."
            ),
            "users",
            lambda targets, said, actor, now: assign_many(
                targets, account_id=said["account"].pk, actor=actor, now=now
            ),
            permission=permissions.ASSIGN,
            form=BatchAssignForm,
            undo="release",
        ),
        BatchAct(
            "accept",
            ActKind.ACCEPTED,
            gettext_lazy("Accept them"),
            gettext_lazy(
                "What is complete is accepted, and its clock runs from tomorrow on. What"
                " lacks something is named, and looked at by itself. The applicants are"
                " told, so it cannot be undone."
            ),
            "clipboard-check",
            lambda targets, _said, actor, now: accept_many(
                targets, actor=actor, now=now
            ),
        ),
        BatchAct(
            "note",
            ActKind.NOTED,
            gettext_lazy("Write a note on them"),
            gettext_lazy("The same note on each, for colleagues."),
            "pencil",
            lambda targets, said, actor, now: note_many(
                targets, text=said["note"], actor=actor, now=now
            ),
            form=BatchNoteForm,
        ),
        BatchAct(
            "release",
            ActKind.RELEASED,
            gettext_lazy("Give them back"),
            gettext_lazy("They go back to the queue, into nobody's hands."),
            "arrow-left",
            lambda targets, _said, actor, now: release_many(
                targets, actor=actor, now=now
            ),
            # Whose hands it leaves is asked of each by the operation.
            permission=permissions.VIEW,
        ),
    )
}


def batch_acts_of(actor: Actor) -> list[BatchAct]:
    """Return what is offered to an actor below a queue."""
    is_clerk = holds(actor, permissions.HANDLE) or holds(actor, permissions.ASSIGN)
    return [
        one for one in BATCH_ACTS.values() if is_clerk and holds(actor, one.permission)
    ]
