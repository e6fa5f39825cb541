import re
from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.matters.models import Matter, MatterAct
from jiangxin.kernel.matters.operations.batch import Target, take_many
from jiangxin.kernel.matters.operations.working import note_matter
from jiangxin.kernel.matters.views.batching import MOST, targets_of, tick_of
from tests.kernel.matters.conftest import COLLEAGUE, fresh
from tests.kernel.register.cast import COUNTY, SOUTH

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def account(now):
    def made(name, role=Role.FEDERATION_OFFICER, place=COUNTY):
        found = Account.objects.create(
            username=name, display_name=name.title(), created_at=now
        )
        RoleGrant.objects.create(
            account=found, role=role, region_code=place, valid_from=date(2026, 1, 1)
        )
        return found

    return made


@pytest.fixture
def clerk(client, account):
    """Sign a clerk of the county in."""
    found = account("chen")
    client.force_login(found)
    return found


def url(act):
    return reverse("matters:matter-batch", args=[act])


def ticked(*matters, **more):
    return {"matter": [tick_of(one) for one in matters], **more}


def text(response):
    return " ".join(response.content.decode().split())


def test_a_queue_offers_ticks_and_acts_to_a_clerk(client, clerk, submit):
    matter = submit()
    html = text(client.get(reverse("matters:matter-list")))
    assert f'value="{tick_of(matter)}"' in html
    assert html.count('form="batch"') == 1
    assert f'formaction="{url("take")}"' in html
    assert "checked" not in re.findall(r'<input[^>]*form="batch"[^>]*>', html)[0]


def test_all_of_a_page_are_ticked_without_a_script_and_only_of_that_page(
    client, clerk, submit
):
    submit()
    answer = client.get(reverse("matters:matter-list"), {"ticked": "all"})
    html = text(answer)
    assert "checked" in re.findall(r'<input[^>]*form="batch"[^>]*>', html)[0]
    assert answer.context["list"].address(page=2) == "/desk/matters/?page=2"
    assert "Untick all" in html


def test_what_is_settled_is_not_ticked(client, clerk, grant):
    grant()
    html = text(client.get(reverse("matters:matter-queue", args=["settled"])))
    assert 'form="batch"' not in html


def test_what_is_ticked_is_looked_at_before_it_is_done(client, clerk, submit, act):
    matter = submit()
    html = text(client.get(url("take"), ticked(matter)))
    assert "1 matter is ticked for this." in html
    assert str(matter) in html
    assert fresh(matter).assigned_account_id is None


def test_a_number_of_four_digits_goes_there_and_back_unbroken(client, clerk, submit):
    matter = submit()
    Matter.objects.filter(pk=matter.pk).update(version=1234)
    matter = fresh(matter)
    queue = text(client.get(reverse("matters:matter-list")))
    assert f'value="{matter.pk}:1234"' in queue
    asked = text(client.get(url("take"), ticked(matter)))
    assert f'value="{matter.pk}:1234"' in asked


def test_what_would_not_be_done_is_named_with_the_reason(client, clerk, submit, act):
    matter = submit()
    ticks = ticked(matter)
    act(note_matter, matter, text="已电话联系")
    html = text(client.get(url("take"), ticks))
    assert "Nothing of what is ticked can be done." in html
    assert "Somebody has acted on it since you opened the list." in html


def test_what_is_in_other_hands_is_named_before_and_stays_there(
    client, clerk, submit, now
):
    matter = submit()
    take_many([Target(matter.pk, matter.version)], actor=COLLEAGUE, now=now)
    ticks = ticked(fresh(matter))
    assert "It is in the hands of 窗口小周." in text(client.get(url("take"), ticks))
    answer = client.post(url("take"), ticks)
    assert "1 matter is as it was" in text(answer)
    assert fresh(matter).assigned_account_id == COLLEAGUE.account_id


def test_many_are_taken_and_given_back_with_one_press_each(client, clerk, submit):
    matter = submit()
    answer = client.post(url("take"), ticked(matter))
    assert "Done for 1 matter." in text(answer)
    assert fresh(matter).assigned_account_id == clerk.pk
    assert answer.context["undone"] == [tick_of(fresh(matter))]
    client.post(url("release"), {"matter": answer.context["undone"]})
    assert fresh(matter).assigned_account_id is None


def test_two_presses_act_once(client, clerk, submit):
    matter = submit()
    ticks = ticked(matter, note="请补材料")
    for _press in range(2):
        assert "Done for 1 matter." in text(client.post(url("note"), ticks))
    assert MatterAct.objects.filter(matter=matter, kind="noted").count() == 1


def test_a_stale_page_is_refused_by_name_and_the_rest_is_done(
    client, clerk, submit, act
):
    stale = submit()
    ticks = ticked(stale)
    act(note_matter, stale, text="已电话联系")
    html = text(client.post(url("accept"), ticks))
    assert "has acted on this matter since you opened it" in html
    assert str(stale) in html
    assert fresh(stale).state == "submitted"


def test_what_waits_for_the_applicant_is_not_accepted_with_the_rest(
    client, clerk, submit, ask
):
    matter = submit()
    ask(matter)
    ticks = ticked(fresh(matter))
    html = text(client.get(url("accept"), ticks))
    assert "It waits for the applicant" in html
    assert "1 matter is as it was" in text(client.post(url("accept"), ticks))
    assert fresh(matter).state == "submitted"


def test_accepting_cannot_be_undone(client, clerk, submit):
    matter = submit()
    answer = client.post(url("accept"), ticked(matter))
    assert fresh(matter).state == "accepted"
    assert answer.context["undo"] is None


def test_they_are_given_to_a_colleague_of_the_place_only(client, account, submit):
    client.force_login(account("wang", Role.FEDERATION_LEADER))
    near, far = account("zhou"), account("wu", place=SOUTH)
    matter = submit()
    page = client.get(url("assign"), ticked(matter))
    offered = set(page.context["form"].fields["account"].queryset)
    assert near in offered
    assert far not in offered
    client.post(url("assign"), ticked(matter, account=far.pk))
    assert fresh(matter).assigned_account_id is None
    client.post(url("assign"), ticked(matter, account=near.pk))
    assert fresh(matter).assigned_account_id == near.pk


def test_a_note_without_words_is_asked_for_again(client, clerk, submit):
    matter = submit()
    answer = client.post(url("note"), ticked(matter, note=""))
    assert answer.context["form"].errors.keys() == {"note"}
    assert "1 matter is ticked for this." in text(answer)


def test_nothing_ticked_leads_back_with_a_word(client, clerk):
    answer = client.get(url("take"), follow=True)
    assert "Tick the matters first" in text(answer)


def test_what_lies_elsewhere_is_neither_shown_nor_done(client, account, submit):
    client.force_login(account("sun", place=SOUTH))
    matter = submit()
    assert client.get(url("take"), ticked(matter)).status_code == 302
    assert client.post(url("take"), ticked(matter)).status_code == 302
    assert fresh(matter).assigned_account_id is None


def test_an_act_that_is_not_declared_is_not_there(client, clerk, submit):
    assert client.post(url("grant"), ticked(submit())).status_code == 404


def test_what_is_no_tick_is_passed_over_and_a_page_is_the_most():
    sent = QueryDict("matter=1:2&matter=x&matter=3&matter=1:4&matter=-1:2")
    assert targets_of(sent) == [Target(1, 4)]
    many = QueryDict("&".join(f"matter={n}:1" for n in range(MOST + 5)))
    assert len(targets_of(many)) == MOST
