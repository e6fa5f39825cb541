"""The form of an application asks for what is missing, and takes nothing else."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.matters.enums import MatterState
from jiangxin.kernel.matters.models import Matter
from tests.kernel.matters.conftest import fresh

pytestmark = pytest.mark.django_db

TYPED = {
    "contact_name": "李主席",
    "contact_phone": "13800138000",
    "chair": "李明",
    "years": "5",
}


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def chair(client, firms, now):
    """Sign in whoever files for the northern union; return the account."""
    account = Account.objects.create(
        username="li", display_name="李主席", created_at=now
    )
    RoleGrant.objects.create(
        account=account,
        role=Role.UNION_CLERK,
        organisation_code="U-NORTH",
        valid_from=date(2026, 1, 1),
    )
    client.force_login(account)
    return account


def url(matter):
    return reverse("matters:desk-fill", args=[matter.pk])


def form_of(client, matter):
    return client.get(url(matter)).context["form"]


def send(client, matter, pressed="save", **typed):
    seen = fresh(matter).version
    return client.post(url(matter), {"do": pressed, "seen": seen, **TYPED, **typed})


def test_what_the_register_knows_is_shown_and_not_asked(client, chair, begin, firms):
    shown = client.get(url(begin()))
    fields = [field.name for field in shown.context["form"].visible_fields()]
    assert fields == ["chair", "since", "years"]
    known = {fact.label: fact.value for fact in shown.context["known"]}
    assert known == {"Name": firms.north_union.name}


def test_a_forged_answer_to_what_is_known_is_not_taken(
    client, chair, begin, hand_in, firms
):
    matter = begin()
    hand_in(matter, "approval", "form")
    send(client, matter, "submit", name="别家工会")
    assert fresh(matter).state == MatterState.SUBMITTED
    assert fresh(matter).answers["name"] == firms.north_union.name


def test_what_was_typed_stands_in_the_form_again(client, chair, begin):
    matter = begin()
    send(client, matter, chair="王芳", years="")
    assert form_of(client, matter)["chair"].initial == "王芳"


def test_a_correction_round_reopens_the_named_fields_and_no_other(
    client, chair, submit, ask
):
    matter = submit()
    # The answer comes on the day of the run.
    ask(matter, "field:chair", at=timezone.now())
    assert [one.name for one in form_of(client, matter).visible_fields()] == ["chair"]
    send(client, matter, "submit", chair="王芳", years="3", name="别家工会")
    answers = Matter.objects.get(pk=matter.pk).answers
    assert (answers["chair"], answers["years"]) == ("王芳", "5")
    assert "别家工会" not in answers.values()


def test_another_unions_clerk_does_not_find_the_form(client, submit, firms, now):
    account = Account.objects.create(username="sun", created_at=now)
    RoleGrant.objects.create(
        account=account,
        role=Role.UNION_CLERK,
        organisation_code="U-SOUTH",
        valid_from=date(2026, 1, 1),
    )
    client.force_login(account)
    assert client.get(url(submit())).status_code == 404
