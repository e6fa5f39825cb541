"""A field for files that are never lost, whether the browser runs scripts or not.

    class Application(forms.Form):
        papers = UploadField(kind="matters.material", label=_("Papers"), most=5)

    form = form_with_uploads(request, Application)      # instead of Application(POST)
    if form.is_valid():
        attach([each.key for each in form.cleaned_data["papers"]], …)

With scripts a file is sent in pieces while the form is filled in, and the form sends its
key. Without, it comes with the form and is kept before the form is looked at: when the
form comes back with a fault elsewhere, the files are there as ticked boxes.
"""

from collections.abc import Collection
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.uploads.enums import UploadState
from jiangxin.foundation.uploads.models import Upload
from jiangxin.foundation.uploads.operations import keep_whole
from jiangxin.foundation.uploads.queries import uploads_visible_to
from jiangxin.foundation.uploads.registry import UploadKind, upload_kind
from jiangxin.foundation.web import Request

F = TypeVar("F", bound=forms.Form)


class UploadInput(forms.Widget):
    """known: the uploads whose keys may come back. broken_off: names to go on with."""

    template_name = "uploads/upload_input.html"
    needs_multipart_form = True

    def __init__(self, kind: str, most: int) -> None:
        super().__init__()
        self.kind_key, self.most = kind, most
        self.known: dict[str, Upload] = {}
        self.broken_off: list[Upload] = []

    @property
    def kind(self) -> UploadKind:
        return upload_kind(self.kind_key)

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        keys = value or []
        context["widget"] |= {
            "kind": self.kind,
            "accept": ",".join(self.kind.endings),
            "most": self.most,
            "uploads": [self.known[key] for key in keys if key in self.known],
            "broken_off": self.broken_off,
            "described_by": context["widget"]["attrs"].get("aria-describedby", ""),
            "is_invalid": "aria-invalid" in context["widget"]["attrs"],
        }
        return context

    def format_value(self, value: Any) -> Any:
        return value

    def value_from_datadict(
        self,
        data: Any,
        files: Any,  # noqa: ARG002 -- the base's
        name: str,
    ) -> list[str]:
        keys = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        # A browser sends an input without a file as an empty text.
        return [key for key in dict.fromkeys(keys) if key]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002 -- the base's
        return False  # no box ticked says: none

    def id_for_label(self, id_: str) -> str:
        return id_


class UploadField(forms.Field):
    """Its cleaned value is a list of uploads, each kept and the actor's own or held."""

    widget: UploadInput
    default_error_messages = {
        "gone": _("A file is no longer here. Choose it again."),
        "too_many": _("Hand in at most %(most)s files here."),
    }

    def __init__(self, *, kind: str, most: int = 1, **options: Any) -> None:
        self.most = most
        super().__init__(widget=UploadInput(kind, most), **options)

    def clean(self, value: Any) -> list[Upload]:
        known = self.widget.known
        if any(key not in known for key in value):
            raise forms.ValidationError(self.error_messages["gone"], code="gone")
        if len(value) > self.most:
            raise forms.ValidationError(
                self.error_messages["too_many"], "too_many", {"most": self.most}
            )
        super().clean(value)
        return [known[key] for key in value]


def form_with_uploads(
    request: Request,
    form_class: type[F],
    *,
    held: Collection[Upload] = (),
    **options: Any,
) -> F:
    """Return the form, bound to what was posted and to the files that came with it.

    held: what is attached already to the thing that the form changes; it may stay. Its
    keys are the initial value of the fields. options: as for the form.
    """
    if request.method != "POST":
        form = form_class(**options)
        _tell(form, request, held)
        return form
    data, problems = request.POST.copy(), []
    for name, widget in _upload_widgets(form_class(**options)):
        for file in request.FILES.getlist(name):
            try:
                upload = keep_whole(
                    kind=widget.kind,
                    name=file.name or "",
                    content=file.read(),
                    actor=request.actor,
                    now=request.now,
                )
            except Refused as refusal:
                problems.append((name, f"{file.name}: {refusal.message}"))
            else:
                data.appendlist(name, upload.key)
    form = form_class(data, **options)
    _tell(form, request, held)
    names = {form.add_prefix(name): name for name in form.fields}
    for name, problem in problems:
        form.errors.pop(names[name], None)  # that none came is said by the reason
        form.add_error(names[name], problem)
    return form


def _upload_widgets(form: forms.Form) -> list[tuple[str, UploadInput]]:
    return [
        (form.add_prefix(name), field.widget)
        for name, field in form.fields.items()
        if isinstance(field, UploadField)
    ]


def _tell(form: forms.Form, request: Request, held: Collection[Upload]) -> None:
    """Tell each field of the form which files there are, by one look at them all."""
    widgets = [widget for _name, widget in _upload_widgets(form)]
    own = uploads_visible_to(request.actor).filter(
        kind__in={widget.kind_key for widget in widgets}
    )
    rows = list(own.exclude(state=UploadState.REFUSED).order_by("-pk"))
    kept = [each for each in rows if each.state == UploadState.KEPT]
    for widget in widgets:
        key = widget.kind_key
        known = [each for each in (*held, *kept) if each.kind == key]
        widget.known = {upload.key: upload for upload in known}
        widget.broken_off = [
            each
            for each in rows
            if each.kind == key and each.state == UploadState.RECEIVING
        ]
