"""Which organisations a policy serves, and why it does or does not serve one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    Search,
    listing_page,
)
from jiangxin.kernel.policy import permissions
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import OrganisationMatch
from jiangxin.kernel.policy.queries import explanations, organisations
from jiangxin.kernel.policy.registry import policy_about
from jiangxin.kernel.policy.registry.because import because
from jiangxin.kernel.policy.registry.wording import money
from jiangxin.kernel.policy.views import answers
from jiangxin.kernel.policy.views.people import crumbs_of, day_of, moments_of
from jiangxin.kernel.register.enums import OrganisationKind


def _url(match: OrganisationMatch) -> str:
    return reverse(
        "policy:policy-organisation", args=[match.policy_code, match.organisation_id]
    )


def _because(match: OrganisationMatch) -> str:
    return because(match.gained_because)


def _amount(match: OrganisationMatch) -> str:
    return "" if match.amount_fen is None else money(match.amount_fen)


def _kinds(_request: HttpRequest) -> list[tuple[str, str]]:
    return [(one.value, str(one.label)) for one in OrganisationKind]


ORGANISATIONS = Listing(
    key="policy-organisations",
    columns=[
        Column(
            "name",
            gettext_lazy("Organisation"),
            "organisation.name",
            sort=("organisation__name",),
            link=_url,
        ),
        Column("code", gettext_lazy("Code"), "organisation.code"),
        Column("kind", gettext_lazy("Kind"), "organisation.get_kind_display"),
        Column(
            "region",
            gettext_lazy("Region"),
            "organisation.region.name",
            sort=("organisation__region",),
        ),
        Column("amount", gettext_lazy("Amount"), _amount, align="end"),
        Column("valid_from", gettext_lazy("Since"), sort=("valid_from",), align="end"),
        Column("because", gettext_lazy("Because"), _because),
    ],
    filters=[
        Search(("organisation__name__contains", "organisation__code__startswith")),
        ChoiceFilter("kind", gettext_lazy("Kind"), _kinds, lookup="organisation__kind"),
        DateRangeFilter("since", gettext_lazy("Since"), field="valid_from"),
    ],
    sort="-valid_from",
    export=True,
    noun=gettext_lazy("organisations"),
)


@login_required
@require_safe
def policy_organisations(
    request: Request, organisation_policy: str
) -> HttpResponseBase:
    permissions.check_view_policies(request.actor)
    chosen = policy_about(Subject.ORGANISATION, organisation_policy)
    text = answers.policy_text(chosen)
    return listing_page(
        request,
        ORGANISATIONS,
        queryset=organisations.organisations_served(request.actor, chosen.code),
        title=_("Served by: %(policy)s") % {"policy": text.title},
        purpose=text.summary,
        empty=Empty(
            _("This policy serves no organisation here yet"),
            _("As soon as an organisation meets all its conditions, it appears."),
            icon="building",
        ),
        crumbs=crumbs_of(chosen),
        context={"policy": text},
        template="policy/policy_people.html",
    )


@login_required
@require_safe
def policy_organisation(
    request: Request, organisation_policy: str, organisation_id: int
) -> HttpResponse:
    """The answer for an organisation the actor may see, served or not, as of any day."""
    permissions.check_view_policies(request.actor)
    chosen = policy_about(Subject.ORGANISATION, organisation_policy)
    organisation = organisations.get_organisation(
        organisation_id, visible_to=request.actor
    )
    on = day_of(request)
    found = explanations.explanations_of_organisation(
        organisation.pk, on=on, policies=[chosen]
    )
    history = organisations.history_of_organisation(organisation.pk, chosen.code)
    served_url = reverse("policy:policy-organisations", args=[chosen.code])
    context = {
        "organisation": organisation,
        "answer": answers.answer(found[0]),
        "facts": answers.facts(chosen),
        "on": on,
        "history": moments_of(history),
        "crumbs": [*crumbs_of(chosen), Crumb(_("Who is served"), served_url)],
    }
    return page(request, "policy/policy_organisation.html", context)
