"""One form for all of an application: text, files, promises, and what is pressed.

Each button of the page belongs to the one form, so whatever is pressed, the text typed
so far and the files chosen so far are kept first, also without JavaScript.
"""

from typing import Any

from django.contrib import messages
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.ui.components import Fact
from jiangxin.foundation.uploads.forms import form_with_uploads
from jiangxin.foundation.web import Request
from jiangxin.kernel.matters.enums import MaterialState, MatterState
from jiangxin.kernel.matters.forms.application import ApplicationForm, ContactForm
from jiangxin.kernel.matters.forms.materials import MaterialsForm, field_of
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations import materials
from jiangxin.kernel.matters.operations.accepting import keep_promise, supplement_matter
from jiangxin.kernel.matters.operations.drafting import (
    Contact,
    NotComplete,
    check_complete,
    save_draft,
    submit_matter,
)
from jiangxin.kernel.matters.operations.files import uploads_handed_in
from jiangxin.kernel.matters.queries.known import known_answers
from jiangxin.kernel.matters.queries.matters import materials_in_force, reusable_for
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.matters.rules.service import FormField
from jiangxin.kernel.matters.views.showing import (
    MaterialLine,
    materials_of,
    notice_of,
    process_of,
    shown,
)
from jiangxin.kernel.policy.registry.wording import say


class Filling:
    """A request to the form of one matter, as far as the matter is open to be filled."""

    def __init__(self, request: Request, matter: Matter) -> None:
        self.request = request
        self.matter = matter
        self.service = service_of(matter)
        self.notice = matter.notices.filter(answered_at__isnull=True).first()
        self.is_draft = matter.state == MatterState.DRAFT
        self.missing: tuple[str, ...] = ()
        # Keys of the uploads that came with the form and are handed in now.
        self.taken: list[str] = []
        self.goes_on = False

    @cached_property
    def promised(self) -> set[str]:
        """Keys of materials that were promised and have not come."""
        if self.matter.state != MatterState.ACCEPTED:
            return set()
        there = materials_in_force(self.matter)
        waiting = there.filter(state=MaterialState.PROMISED)
        return set(waiting.values_list("key", flat=True))

    @property
    def is_open(self) -> bool:
        has_promise = self.matter.promise_due_on is not None
        is_accepted = self.matter.state == MatterState.ACCEPTED
        return self.is_draft or self.notice is not None or (has_promise and is_accepted)

    @property
    def is_autosave(self) -> bool:
        return bool(self.request.htmx) and "do" not in self.request.POST

    @cached_property
    def known(self) -> dict[str, str]:
        return known_answers(self.service, self.matter.subject.pk)

    @cached_property
    def wanted(self) -> list[FormField]:
        """The fields that are open: those the register does not know, or those reopened."""
        if self.is_draft:
            return [one for one in self.service.fields if one.key not in self.known]
        if self.notice is None:
            return []
        named = {key.removeprefix("field:") for key in self.notice.items}
        return [
            one
            for one in self.service.fields
            if one.key in named and one.key not in self.known
        ]

    @cached_property
    def form(self) -> ApplicationForm:
        typed = self.notice.draft if self.notice else {}
        return ApplicationForm(
            self.request.POST or None,
            wanted=self.wanted,
            initial={
                "seen": self.matter.version,
                **self.matter.answers,
                **typed,
            },
        )

    @cached_property
    def contact(self) -> ContactForm | None:
        if not self.is_draft:
            return None
        label = self.request.actor.label
        first = {
            "contact_name": self.matter.contact_name or label,
            "contact_phone": self.matter.contact_phone,
        }
        return ContactForm(self.request.POST or None, initial=first)

    @cached_property
    def files(self) -> MaterialsForm:
        """What was chosen for the materials that are open, kept as it came."""
        return form_with_uploads(
            self.request,
            MaterialsForm,
            held=tuple(uploads_handed_in(self.matter)),
            wanted=[
                one for one in self.service.materials if self._is_material_open(one.key)
            ],
            auto_id="%s",
        )

    def handle(self) -> str:
        """Keep everything, then do what was pressed; return what to tell when it is done."""
        request, matter = self.request, self.matter
        save_draft(
            matter_id=matter.pk,
            answers=self.form.answers(),
            contact=self._contact_typed(),
            actor=request.actor,
            now=request.now,
        )
        kept = self._keep_files()
        pressed, _colon, what = request.POST.get("do", "").partition(":")
        if pressed == "submit" and kept:
            return self._submit()
        self.goes_on = kept and bool(pressed) and self._press(pressed, what)
        return ""

    def _contact_typed(self) -> Contact | None:
        """Return who is to be called as it was typed, whether right or wrong."""
        if not self.is_draft:
            return None
        given = self.request.POST
        name, phone = given.get("contact_name", ""), given.get("contact_phone", "")
        return Contact(name.strip()[:64], phone.strip()[:32])

    def _keep_files(self) -> bool:
        """Hand in whatever files were chosen; return whether all of them were taken."""
        kept = self.files.is_valid()
        for faults in self.files.errors.values():
            for fault in faults:
                self.form.add_error(None, fault)
        for key, upload in self.files.chosen():
            if self._try(
                materials.add_upload,
                matter_id=self.matter.pk,
                key=key,
                upload_key=upload.key,
            ):
                self.taken.append(upload.key)
            else:
                kept = False
        return kept

    def _press(self, pressed: str, what: str) -> bool:
        if pressed == "promise":
            act: Any = materials.promise_material
            return self._try(act, matter_id=self.matter.pk, key=what)
        number = int(what) if what.isdecimal() else 0
        if pressed == "remove":
            return self._try(materials.remove_material, material_id=number)
        if pressed == "reuse":
            return self._try(
                materials.reuse_material, matter_id=self.matter.pk, material_id=number
            )
        if pressed == "save":
            messages.success(self.request, _("Kept. You can go on later."))
        return True

    def _try(self, act: Any, **arguments: object) -> bool:
        try:
            act(actor=self.request.actor, now=self.request.now, **arguments)
        except Refused as refusal:
            self.form.add_error(None, refusal.message)
            return False
        return True

    def _submit(self) -> str:
        """Hand it in as far as it goes; return what to tell, "" when something is wrong."""
        request, form = self.request, self.form
        door: dict[str, Any] = {
            "matter_id": self.matter.pk,
            "seen": form.cleaned_data.get("seen") or 0,
            "actor": request.actor,
            "now": request.now,
        }
        try:
            if self.contact is not None:
                if not self.contact.is_valid():
                    self.matter.refresh_from_db()
                    check_complete(self.matter)
                    return ""
                given = self.contact.cleaned_data
                contact = Contact(given["contact_name"], given["contact_phone"])
                submit_matter(**door, answers=form.answers(), contact=contact)
                return _("Your application is submitted. You can follow it here.")
            if self.notice is not None:
                supplement_matter(**door, answers=form.answers())
                return _("Your supplements are handed in.")
            keep_promise(**door)
        except NotComplete as refusal:
            form.show_faults(refusal.faults)
            self.missing = refusal.missing
            form.add_error(None, refusal.message)
            return ""
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return ""
        return _("What you promised is handed in.")

    def shown(self) -> dict[str, Any]:
        """What the page draws."""
        for one in self.wanted:
            # Only now: a draft is kept whatever is missing.
            self.form.fields[one.key].required = one.is_needed
        return {
            "matter": self.matter,
            "broken_off": self.files.broken_off,
            "service": self.service,
            "title": say(self.service.title),
            "purpose": say(self.service.summary),
            "subject": self.matter.subject.name,
            "process": process_of(self.matter, self.service),
            "form": self.form,
            "contact": self.contact,
            "known": self._known_facts(),
            "materials": self._material_lines(),
            "notice": notice_of(self.matter, self.service),
            "is_draft": self.is_draft,
            "missing": self.missing,
        }

    def kept(self) -> dict[str, Any]:
        """What is drawn anew once something was kept while it was typed."""
        return {
            "now": self.request.now,
            "taken": self.taken,
            "materials": self._material_lines() if self.taken else [],
            "problems": self.form.non_field_errors(),
        }

    def _known_facts(self) -> list[Fact]:
        if not self.is_draft:
            return []
        return [
            Fact(say(one.label), shown(one, self.known[one.key]))
            for one in self.service.fields
            if one.key in self.known
        ]

    def _material_lines(self) -> list[MaterialLine]:
        """The materials that are open, each with its field and what could be used again."""
        lines = []
        self.files.draw_without(self.taken)
        reusable = reusable_for(self.matter, self.service) if self.is_open else {}
        for line in materials_of(self.matter, self.service):
            if self._is_material_open(line.material.key):
                line.reusable = tuple(reusable.get(line.material.key, ()))
                line.is_missing = line.material.key in self.missing
                line.field = self.files[field_of(line.material.key)]
                lines.append(line)
        return lines

    def _is_material_open(self, key: str) -> bool:
        if self.is_draft or key in self.promised:
            return True
        return self.notice is not None and f"material:{key}" in self.notice.items
