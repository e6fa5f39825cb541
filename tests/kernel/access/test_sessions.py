from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.access import operations, queries, rules
from jiangxin.kernel.access.enums import SignInAct
from jiangxin.kernel.access.listening import BEGAN_AT, SEEN_AT
from jiangxin.kernel.access.models import AccountSession, SignInRecord

IDLE, LIFE = timedelta(minutes=30), timedelta(hours=8)
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@given(
    st.timedeltas(timedelta(0), timedelta(days=1)),
    st.timedeltas(timedelta(0), timedelta(days=1)),
)
def test_a_session_is_over_after_either_limit_and_not_before(busy, quiet):
    over = rules.is_session_over(
        began_at=NOW - busy - quiet,
        seen_at=NOW - quiet,
        now=NOW,
        idle=IDLE,
        life=LIFE,
    )
    assert over is (quiet >= IDLE or busy + quiet >= LIFE)


@pytest.fixture
def enter(db):
    def entered(account, device="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"):
        client = Client(HTTP_USER_AGENT=device)
        client.force_login(account)
        # The client signs in without a request, so without a device.
        key = client.session.session_key
        AccountSession.objects.filter(session_key=key).update(device=device)
        return client

    return entered


def acts(account):
    records = SignInRecord.objects.filter(account=account).order_by("pk")
    return list(records.values_list("act", flat=True))


def age(client, **stamps):
    session = client.session
    for name, by in stamps.items():
        session[name] -= by.total_seconds()
    session.save()


def test_signing_in_is_noted_in_the_log_the_trail_and_the_list(enter, clerk):
    enter(clerk)
    assert acts(clerk) == [SignInAct.SIGNED_IN]
    assert [event.kind for event in events_of(f"account:{clerk.pk}")] == [
        "access.signed_in"
    ]
    assert clerk.sessions.count() == 1


def test_a_session_left_alone_ends_and_says_why(enter, clerk):
    client = enter(clerk)
    age(client, **{SEEN_AT: IDLE})
    assert client.get("/desk/")["Location"] == "/sign-in/?next=/desk/"
    assert "notice" in client.get("/sign-in/").content.decode()
    assert acts(clerk)[-1] == SignInAct.EXPIRED
    assert not clerk.sessions.exists()


def test_a_session_in_use_ends_all_the_same_after_its_time(enter, clerk):
    client = enter(clerk)
    age(client, **{BEGAN_AT: LIFE})
    assert client.get("/desk/").status_code == 302


def test_a_session_in_use_stays_and_is_seen_again(enter, clerk):
    client = enter(clerk)
    AccountSession.objects.update(seen_at=NOW - timedelta(days=30))
    age(client, **{SEEN_AT: IDLE - timedelta(minutes=1)})
    assert client.get("/desk/").status_code == 200
    assert clerk.sessions.get().seen_at > NOW - timedelta(days=30)
    age(client, **{SEEN_AT: IDLE - timedelta(minutes=1)})
    assert client.get("/desk/").status_code == 200


def test_a_session_from_before_there_were_limits_begins_to_count(enter, clerk):
    client = enter(clerk)
    session = client.session
    del session[BEGAN_AT], session[SEEN_AT]
    session.save()
    assert client.get("/desk/").status_code == 200
    assert BEGAN_AT in client.session


def test_the_limits_are_settings(enter, clerk, settings):
    settings.JIANGXIN_IDLE_MINUTES = 5
    client = enter(clerk)
    age(client, **{SEEN_AT: timedelta(minutes=5)})
    assert client.get("/desk/").status_code == 302


def test_an_administrator_is_signed_in_in_one_place(enter, sysadmin):
    first, second = enter(sysadmin), enter(sysadmin)
    assert first.get("/desk/").status_code == 302
    assert second.get("/desk/").status_code == 200
    assert acts(sysadmin) == ["signed_in", "ended", "signed_in"]


def test_others_may_be_signed_in_in_two_places(enter, clerk):
    first, second = enter(clerk), enter(clerk)
    assert first.get("/desk/").status_code == 200
    assert second.get("/desk/").status_code == 200


def test_the_account_page_lists_sessions_by_device(enter, clerk):
    here = enter(clerk)
    enter(clerk, "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36")
    html = here.get("/account/").content.decode()
    assert "Firefox · Linux" in html
    assert "Chrome · Android" in html
    assert html.count("/end/") == 1
    assert "/account/sessions/end-others/" in html


def test_one_session_is_ended_from_another(enter, clerk):
    here, there = enter(clerk), enter(clerk)
    other = clerk.sessions.get(session_key=there.session.session_key)
    assert here.post(f"/account/sessions/{other.pk}/end/")["Location"] == "/account/"
    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200
    assert acts(clerk)[-1] == SignInAct.ENDED


def test_all_other_sessions_are_ended_at_once(enter, clerk):
    here, *others = (enter(clerk) for _ in range(3))
    here.post("/account/sessions/end-others/")
    assert [each.get("/desk/").status_code for each in others] == [302, 302]
    assert here.get("/desk/").status_code == 200
    assert Session.objects.count() == clerk.sessions.count() == 1


def test_nobody_ends_the_session_of_another(enter, clerk, worker):
    enter(clerk)
    stranger = enter(worker)
    url = f"/account/sessions/{clerk.sessions.get().pk}/end/"
    assert stranger.post(url).status_code == 404
    assert clerk.sessions.count() == 1


def test_ending_a_session_needs_an_account(now, db):
    with pytest.raises(NotFound):
        operations.end_own_session(session_id=1, actor=queries.ANONYMOUS, now=now)


def test_sessions_end_with_a_new_password_from_the_administrator(enter, clerk, now):
    enter(clerk)
    operations.set_password(
        account_id=clerk.pk, password="Password-number-1", actor=SYSTEM, now=now
    )
    assert not clerk.sessions.exists()


def test_sessions_end_when_the_account_is_closed(enter, clerk, now):
    enter(clerk)
    operations.deactivate_account(account_id=clerk.pk, actor=SYSTEM, now=now)
    assert not clerk.sessions.exists()


def test_signing_out_is_noted(enter, clerk):
    enter(clerk).post("/sign-out/")
    assert acts(clerk)[-1] == SignInAct.SIGNED_OUT
    assert not clerk.sessions.exists()


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("", ""),
        ("curl/8.5", "curl/8.5"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/1 Safari/1 Edg/1", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone) Safari/1 MicroMessenger/8", "WeChat · iPhone"),
        ("x" * 100, "x" * 40),
    ],
)
def test_device_name_tells_browser_and_system(user_agent, name):
    assert rules.device_name(user_agent) == name
