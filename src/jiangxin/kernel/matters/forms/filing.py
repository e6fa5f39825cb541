"""Beginning an application: about whom, and in which way."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from jiangxin.kernel.matters.enums import Channel
from jiangxin.kernel.matters.rules.service import Service
from jiangxin.kernel.register.forms.fields import OrganisationField, PersonField
from jiangxin.kernel.register.models import Organisation, Person


class OwnBegin(forms.Form):
    """A worker applies for themselves: nothing is asked."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class DeskBegin(forms.Form):
    """For an organisation, or for a person who stands at the window."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    organisation = OrganisationField(
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("Its code or credit code, or its name."),
    )
    person = PersonField(
        label=gettext_lazy("Person"),
        help_text=gettext_lazy("Identity number or mobile phone, or the name."),
    )
    channel = forms.ChoiceField(label=gettext_lazy("How it comes in"))
    agent_scope = forms.CharField(
        label=gettext_lazy("What the agent may do"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For full proxy: fill in, hand in, collect."),
    )
    has_consent = forms.BooleanField(
        label=gettext_lazy("The applicant agreed to be acted for, within this scope"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        service: Service,
        organisations: QuerySet[Organisation],
        people: QuerySet[Person],
        is_office: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["organisation"].organisations = organisations
        fields["person"].people = people
        del self.fields[
            "person" if service.subject == "organisation" else "organisation"
        ]
        offered = [
            one for one in service.channels if (one is not Channel.ONLINE) == is_office
        ]
        fields["channel"].choices = [(str(one), one.label) for one in offered]
        if Channel.PROXY not in offered:
            del self.fields["agent_scope"], self.fields["has_consent"]
        if len(offered) == 1:
            fields["channel"].initial = offered[0]
            fields["channel"].widget = forms.HiddenInput()
