"""How Django's forms are drawn: our templates, and classes that the styles know."""

from typing import Any

from django import forms
from django.forms import boundfield, renderers, widgets

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (widgets.CheckboxSelectMultiple, "form-check-input"),
    (widgets.RadioSelect, "form-check-input"),
    (widgets.CheckboxInput, "form-check-input"),
    (widgets.SelectMultiple, "form-select"),
    (widgets.Select, "form-select"),
    (widgets.HiddenInput, ""),
    (widgets.Textarea, "form-control"),
    (widgets.Input, "form-control"),
)


def class_of(widget: forms.Widget) -> str:
    """Return the style class of a widget; the first kind that fits decides."""
    return next((name for kind, name in CLASSES if isinstance(widget, kind)), "")


class BoundField(boundfield.BoundField):
    """A field that gives its widget the class of its kind, so that forms need not."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        invalid = "is-invalid" if self.errors else ""
        given = str(built.get("class") or widget.attrs.get("class", ""))
        names = " ".join(filter(None, [given, class_of(widget), invalid]))
        return {**built, "class": names} if names else built

    @property
    def is_check(self) -> bool:
        """One box with its label beside it, not above."""
        return isinstance(self.field.widget, widgets.CheckboxInput)


class FormRenderer(renderers.DjangoTemplates):
    """Draws `{{ form }}` with an error summary on top and every error at its field."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = BoundField


class DateInput(widgets.DateInput):
    """The browser's own date picker, which speaks ISO whatever it shows."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
