import pytest
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.ratings.models import MatterRating
from jiangxin.kernel.ratings.queries.invitations import token_of
from tests.kernel.access.conftest import make_account
from tests.samples import ELSEWHERE, FIRM, HERE, make_records

__all__ = ["make_account"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def language(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def records(now):
    return make_records(now)


@pytest.fixture
def as_role(client, make_account):
    def signed_in(role, place=HERE):
        client.force_login(make_account(f"the-{role}", (role, place)))
        return client

    return signed_in


def url(name, *args):
    return reverse(f"ratings:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.fixture
def fresh_now(records):
    """Let the sample's settlement lie today, as requests see it."""
    Matter.objects.filter(settled_at__isnull=False).update(settled_at=timezone.now())
    return records


def test_somebody_rates_without_signing_in(client, fresh_now):
    address = url("rate", fresh_now["rating_token"])
    html = text(client.get(address))
    assert "checked" not in html
    assert html.count('type="radio"') == 5
    answer = client.post(address, {"grade": "2", "dimension-manner": "1"})
    assert "Thank you" in text(answer)
    rating = MatterRating.objects.order_by("-pk").first()
    assert (rating.grade, rating.dimensions) == (2, {"manner": 1})
    assert "calls you back" in text(client.get(address))


def test_a_rating_without_a_grade_is_not_taken(client, fresh_now):
    address = url("rate", fresh_now["rating_token"])
    before = MatterRating.objects.count()
    answer = client.post(address, {"dimension-manner": "5"})
    assert answer.context["form"].errors.keys() == {"grade"}
    assert MatterRating.objects.count() == before


def test_sent_twice_it_is_kept_once(client, fresh_now):
    address = url("rate", fresh_now["rating_token"])
    for grade in ("5", "1"):
        assert "Thank you" in text(client.post(address, {"grade": grade}))
    assert MatterRating.objects.order_by("-pk").first().grade == 5


def test_staff_who_open_the_address_are_told_why_not(as_role, fresh_now):
    client = as_role(Role.WINDOW_CLERK)
    address = url("rate", fresh_now["rating_token"])
    assert "cannot rate it" in text(client.get(address))
    client.post(address, {"grade": "5"})
    assert MatterRating.objects.count() == 1


def test_the_reply_is_read_at_the_same_address(client, records, now):
    rating = MatterRating.objects.get()
    rating.follow_up.reply, rating.follow_up.replied_at = "已增开窗口", now
    rating.follow_up.save()
    assert "已增开窗口" in text(client.get(url("rate", token_of(rating.matter))))


def test_the_code_is_a_picture_of_the_address(client, records):
    answer = client.get(url("code", records["rating_token"]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<?xml")


def test_the_window_sees_neither_matter_nor_day_nor_words(as_role, records):
    client = as_role(Role.WINDOW_CLERK)
    number = MatterRating.objects.get().matter.number
    for address in (url("rating-list"), url("rating-detail", records["rating_id"])):
        html = text(client.get(address))
        assert "2026-11" in html
        assert number not in html
        assert "等了两个小时" not in html
        assert "2026-11-23 " not in html.partition("Follow-up")[0]
    assert "取号后等候过长" in html
    assert "确实等了很久" not in html


def test_its_export_holds_no_more(as_role, records):
    answer = as_role(Role.WINDOW_CLERK).get(url("rating-list"), {"export": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "2026-11" in lines
    assert MatterRating.objects.get().matter.number not in lines


def test_followers_see_the_words_and_the_matter(as_role, records):
    client = as_role(Role.FEDERATION_OFFICER)
    html = text(client.get(url("rating-detail", records["rating_id"])))
    assert "等了两个小时" in html
    assert "确实等了很久" in html
    number = MatterRating.objects.get().matter.number
    assert number in text(client.get(url("rating-list")))


def test_the_list_narrows_to_what_waits_for_a_reply(as_role, records):
    client = as_role(Role.FEDERATION_OFFICER)
    number = MatterRating.objects.get().matter.number
    waiting = client.get(url("rating-list"), {"reply": "none", "kind": "bad"})
    assert number in text(waiting)
    none = client.get(url("rating-list"), {"kind": "good"})
    assert number not in text(none)


def test_a_clerk_puts_right_and_an_officer_replies(as_role, records):
    clerk = as_role(Role.WINDOW_CLERK)
    address = url("rating-act", records["rating_id"], "put-right")
    assert clerk.post(address, {"words": "增开窗口"}).status_code == 302
    officer = as_role(Role.FEDERATION_OFFICER)
    address = url("rating-act", records["rating_id"], "reply")
    assert officer.post(address, {"words": "已增开窗口"}).status_code == 302
    follow_up = MatterRating.objects.get().follow_up
    assert follow_up.replied_at is not None
    assert follow_up.matter.state == "granted"


@pytest.mark.parametrize("act", ["reply", "decide", "call-back", "whatever"])
def test_a_clerk_is_not_offered_what_followers_do(as_role, records, act):
    client = as_role(Role.WINDOW_CLERK)
    address = url("rating-act", records["rating_id"], act)
    assert client.get(address).status_code == 404


def test_elsewhere_a_rating_is_not_there(as_role, records):
    client = as_role(Role.FEDERATION_OFFICER, ELSEWHERE)
    assert client.get(url("rating-detail", records["rating_id"])).status_code == 404


def test_the_matters_page_holds_the_code_out_and_leads_to_the_rating(as_role, records):
    client = as_role(Role.FEDERATION_OFFICER)
    rating = MatterRating.objects.get()
    html = text(client.get(f"/desk/matters/{rating.matter_id}/"))
    assert "QR code of the rating page" in html
    html = text(client.get(f"/desk/matters/{rating.follow_up.matter_id}/"))
    assert url("rating-detail", rating.pk) in html
    assert "QR code of the rating page" not in html


def test_the_window_does_not_find_the_matter_of_a_bad_rating(as_role, records):
    matter = MatterRating.objects.get().follow_up.matter
    client = as_role(Role.WINDOW_CLERK)
    assert client.get(f"/desk/matters/{matter.pk}/").status_code == 404


def test_the_applicants_page_leads_to_rating(client, make_account, fresh_now):
    client.force_login(make_account("the-filer", (Role.UNION_CLERK, "", FIRM)))
    unrated = Matter.objects.get(number="330726202601050102")
    html = text(client.get(f"/desk/applications/{unrated.pk}/"))
    assert url("rate", token_of(unrated)) in html
    assert "Rate it" in html
