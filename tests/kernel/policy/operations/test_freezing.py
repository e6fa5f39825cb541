from datetime import date

import pytest
from django.urls import reverse

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.policy.models import FrozenAnswer, PolicyText
from jiangxin.kernel.policy.operations import freeze_answer
from jiangxin.kernel.policy.operations.freezing import digest_of
from jiangxin.kernel.policy.queries.frozen import frozen_of_person
from jiangxin.kernel.policy.registry import policy
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db

REWARD = "craftsmen.skill_reward"


@pytest.fixture
def skilled():
    who = making.person()
    making.employ(who, making.organisation("mill", at="331023101"))
    making.join(who, making.organisation("union", kind="grassroots_union"))
    making.certify(who, 4, since=date(2026, 6, 1))
    return who


def freeze(who, code=REWARD, **values):
    details = {"on": TODAY, "actor": SYSTEM, "now": NOW, "reason": "matter:12"}
    return freeze_answer(policy(code), subject_id=who.pk, **{**details, **values})


def test_all_that_an_answer_rests_on_is_kept(skilled):
    kept = freeze(skilled)
    assert kept.verdict == "eligible"
    assert kept.content["inputs"] == {
        "region": "331023101",
        "is_union_member": True,
        "credential_grade__skill_certificate__12": 4,
    }
    assert [one["finding"] for one in kept.content["conditions"]] == ["met", "met"]
    assert kept.content["grant"]["row"] == 2
    assert kept.content["grant"]["fen"] == 300_000
    assert kept.digest == digest_of(kept.content)
    assert kept.text.version == policy(REWARD).version
    assert "code: craftsmen.skill_reward" in kept.text.text
    assert "技师技能提升奖励" in kept.text.text
    (event,) = events_of(f"frozen_answer:{kept.pk}")
    assert kept.digest in event.payload


def test_answer_stays_when_the_record_has_changed(skilled):
    kept = freeze(skilled)
    skilled.credentials.all().delete()
    kept.refresh_from_db()
    assert kept.verdict == "eligible"
    assert freeze(skilled).verdict == "not_eligible"
    assert [row["verdict"] for row in frozen_of_person(skilled.pk)] == [
        "eligible",
        "not_eligible",
    ]


def test_kept_answer_and_text_are_never_changed(skilled):
    kept = freeze(skilled)
    with pytest.raises(TypeError, match="only ever added to"):
        kept.save()
    with pytest.raises(TypeError, match="only ever added to"):
        kept.text.save()


def test_text_of_a_version_is_kept_once(skilled):
    assert freeze(skilled).text == freeze(skilled).text
    assert PolicyText.objects.count() == 1


def test_answer_about_nobody_is_not_kept():
    with pytest.raises(NotFound):
        freeze_answer(
            policy(REWARD),
            subject_id=UNREACHED,
            on=TODAY,
            actor=SYSTEM,
            now=NOW,
            reason="matter:12",
        )
    assert not FrozenAnswer.objects.exists()


def test_page_is_drawn_from_what_is_kept(officer, skilled, monkeypatch):
    kept = freeze(skilled)
    url = reverse("policy:frozen-answer", args=[kept.pk])
    FrozenAnswer.objects.filter(pk=kept.pk).update(
        content={**kept.content, "title": {"zh-hans": "旧标题", "en": "Old title"}}
    )
    page = officer.get(url).content.decode()
    assert "旧标题" in page
    assert "近12个月内取得高级工及以上证书" in page
    assert "3,000" in page
    assert "code: craftsmen.skill_reward" in page
    person = reverse("policy:policy-person", args=[REWARD, skilled.pk])
    assert url in officer.get(person).content.decode()


def test_answer_about_somebody_elsewhere_is_not_found(signed_in, skilled):
    elsewhere = signed_in(Role.FEDERATION_OFFICER, region_code="330726")
    url = reverse("policy:frozen-answer", args=[freeze(skilled).pk])
    assert elsewhere.get(url).status_code == 404
    missing = reverse("policy:frozen-answer", args=[UNREACHED])
    assert elsewhere.get(missing).status_code == 404


def test_worker_does_not_see_answers_at_the_desk(signed_in, skilled):
    worker = signed_in(Role.WORKER, person_id=skilled.pk)
    url = reverse("policy:frozen-answer", args=[freeze(skilled).pk])
    assert worker.get(url).status_code == 403
