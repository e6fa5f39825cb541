"""Writing, approving and withdrawing policies: what is refused, and what is served."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from jiangxin.foundation.actor import Scope
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.kernel.policy import jobs, operations, registry
from jiangxin.kernel.policy.enums import DraftState, LintCode
from jiangxin.kernel.policy.models import PolicyDraft, PolicyMatch
from jiangxin.kernel.policy.operations import drafting, publishing
from jiangxin.kernel.policy.permissions import EDIT, PUBLISH
from jiangxin.kernel.policy.queries import drafts
from jiangxin.kernel.policy.registry import serving
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.plain import tree_of
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY
from tests.kernel.policy.test_jobs import Context

CODE = "craftsmen.star_technician"
TOMORROW = TODAY + timedelta(days=1)
NEXT_MORNING = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # half past one in Shanghai


class Somebody:
    person_id = None

    def __init__(self, number, *permissions, region="331023"):
        self.account_id = number
        self.label = f"somebody {number}"
        self._scopes = dict.fromkeys(permissions, (Scope(region),))

    def scopes(self, permission):
        return self._scopes.get(permission, ())


AUTHOR = Somebody(1, EDIT, PUBLISH)
OTHER = Somebody(2, EDIT, PUBLISH)
ELSEWHERE = Somebody(3, EDIT, PUBLISH, region="330781")
pytestmark = pytest.mark.django_db


def begun(**given):
    return drafting.begin_change(code=CODE, actor=AUTHOR, now=NOW, **given)


def grade_of(tree, limit):
    """Ask for another grade, with the cases that belong to it."""
    tree["conditions"][0] = {
        **{k: v for k, v in tree["conditions"][0].items() if k != "at_least"},
        "at_least": str(limit),
    }
    tree["cases"][0]["profile"]["skill_grade"] = str(limit)
    tree["cases"][1]["profile"]["skill_grade"] = str(limit - 1)
    return tree


def changed(draft, tree, actor=AUTHOR):
    return drafting.change_draft(
        draft_id=draft.pk, revision=draft.revision, tree=tree, actor=actor, now=NOW
    )


def submitted(draft, on=TODAY, actor=AUTHOR):
    return publishing.submit_draft(
        draft_id=draft.pk,
        revision=draft.revision,
        effective_on=on,
        reason="新办法",
        actor=actor,
        now=NOW,
    )


def approved(draft, actor=OTHER, now=NOW):
    return publishing.approve_draft(
        draft_id=draft.pk, revision=draft.revision, actor=actor, now=now
    )


def grade_3():
    draft = begun()
    return changed(draft, grade_of(tree_of(draft.text), 3))


def limit_served():
    return next(registry.policy(CODE).leaves()).limit(TODAY)


def test_a_draft_begins_with_the_text_of_the_policy_that_is_served():
    draft = begun()
    assert registry.read_draft(draft.text, CODE) == registry.policy(CODE)
    assert draft.based_on == registry.policy(CODE).version


def test_a_changed_policy_is_served_once_a_second_person_approved_it():
    assert limit_served() == 4
    draft = submitted(grade_3())
    assert limit_served() == 4
    assert approved(draft).state == DraftState.IN_EFFECT
    assert limit_served() == 3


def test_a_policy_takes_effect_on_its_day_with_the_matching_of_the_night():
    who = making.person(1)
    mill = making.organisation("mill", is_above_scale=True)
    making.employ(who, mill)
    making.join(who, making.organisation("union", kind="grassroots_union"))
    making.certify(who, 3)
    assert approved(submitted(grade_3(), TOMORROW)).state == DraftState.APPROVED
    assert limit_served() == 4

    context = Context()
    context.now = NEXT_MORNING
    jobs.match_all(context)
    assert limit_served() == 3
    assert PolicyMatch.objects.filter(person=who, policy_code=CODE).exists()


def test_a_second_change_takes_the_place_of_the_first():
    approved(submitted(grade_3()))
    draft = begun()
    approved(submitted(changed(draft, grade_of(tree_of(draft.text), 5))))
    assert limit_served() == 5
    states = PolicyDraft.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [DraftState.REPLACED, DraftState.IN_EFFECT]


def test_a_withdrawn_policy_is_served_no_longer_and_its_matches_end():
    who = making.person(1)
    making.employ(who, making.organisation("mill", is_above_scale=True))
    making.join(who, making.organisation("union", kind="grassroots_union"))
    making.certify(who, 5)
    operations.match_everyone(actor=OTHER, now=NOW, reason="tests")
    assert PolicyMatch.objects.filter(policy_code=CODE, valid_to=None).exists()
    draft = drafting.begin_withdrawal(code=CODE, actor=AUTHOR, now=NOW)
    approved(submitted(draft))
    with pytest.raises(NotFound):
        registry.policy(CODE)
    operations.match_everyone(actor=OTHER, now=NOW, reason="tests")
    assert not PolicyMatch.objects.filter(policy_code=CODE, valid_to=None).exists()


def test_a_new_policy_comes_from_a_record_alone():
    draft = drafting.begin_policy(
        code="craftsmen.new_star",
        tree={"region": "331023"},
        like=CODE,
        actor=AUTHOR,
        now=NOW,
    )
    approved(submitted(draft))
    assert registry.policy("craftsmen.new_star").region == "331023"
    assert registry.policy(CODE)


def test_another_process_serves_what_was_published_from_its_next_look_on():
    approved(submitted(grade_3()))
    serving.forget()  # a process that has not looked yet
    assert limit_served() == 4
    registry.look_again()
    assert limit_served() == 3


def test_a_record_that_cannot_be_read_any_more_leaves_the_file(caplog):
    draft = approved(submitted(grade_3()))
    draft.text = "code: nonsense"
    draft.save()
    serving.forget()
    registry.look_again()
    assert limit_served() == 4
    assert "cannot be read" in caplog.text


def test_nobody_approves_what_they_wrote_themselves():
    draft = submitted(grade_3())
    with pytest.raises(publishing.OwnDraft):
        approved(draft, actor=AUTHOR)


def test_nobody_approves_what_they_wrote_on_after_somebody_else():
    draft = begun()
    draft = changed(draft, grade_of(tree_of(draft.text), 3), actor=OTHER)
    with pytest.raises(publishing.OwnDraft):
        approved(submitted(draft), actor=OTHER)


def test_a_page_that_somebody_else_overtook_is_refused_by_their_name():
    draft = begun()
    changed(draft, grade_of(tree_of(draft.text), 3), actor=OTHER)
    with pytest.raises(drafting.StalePage) as refused:
        changed(draft, tree_of(draft.text))
    with translation.override("en"):
        assert "somebody 2" in refused.value.message


def test_a_contradictory_policy_is_refused_by_the_names_of_its_conditions():
    draft = begun()
    tree = tree_of(draft.text)
    tree["conditions"].append(
        {
            "attribute": "skill_grade",
            "at_most": "2",
            "says": {"zh-hans": "中级工以下", "en": "Up to intermediate"},
            "clause": "一",
        }
    )
    draft = changed(draft, tree)
    with (
        translation.override("en"),
        pytest.raises(publishing.DraftHasFaults) as refused,
    ):
        submitted(draft)
    message = str(refused.value)
    assert "“Skill grade of technician or above”" in message
    assert "“Up to intermediate”" in message


def test_a_limit_without_cases_on_both_sides_is_refused():
    draft = begun()
    tree = grade_of(tree_of(draft.text), 3)
    del tree["cases"][1]
    with pytest.raises(publishing.DraftHasFaults):
        submitted(changed(draft, tree))


def test_what_is_not_a_policy_yet_is_kept_and_cannot_be_submitted():
    draft = drafting.begin_policy(
        code="craftsmen.new_star", tree={"region": "331023"}, actor=AUTHOR, now=NOW
    )
    findings = publishing.findings_of(draft, TODAY)
    assert [(one.code, one.where) for one in findings] == [
        (LintCode.UNREADABLE, "title"),
        (LintCode.UNREADABLE, "conditions"),
        (LintCode.UNREADABLE, "cases"),
    ]
    with pytest.raises(publishing.DraftHasFaults):
        submitted(draft)


def test_an_unknown_attribute_is_named():
    draft = begun()
    tree = tree_of(draft.text)
    tree["conditions"][0]["attribute"] = "shoe_size"
    findings = publishing.findings_of(changed(draft, tree), TODAY)
    assert [(one.code, one.where) for one in findings] == [
        (LintCode.UNKNOWN_ATTRIBUTE, "conditions[0].attribute")
    ]
    assert "shoe_size" in findings[0].values[0]


def test_a_policy_that_others_name_is_not_withdrawn(monkeypatch):
    def fail(_code, _one):
        raise PolicyFault("tests.other", 1, "not_with", "names it")

    monkeypatch.setattr(registry, "check_beside_others", fail)
    draft = drafting.begin_withdrawal(code=CODE, actor=AUTHOR, now=NOW)
    with pytest.raises(publishing.NamedByOthers):
        submitted(draft)


def test_two_drafts_of_one_policy_are_never_open_at_once():
    begun()
    with pytest.raises(drafting.DraftIsOpen):
        begun()


def test_a_day_that_has_passed_is_refused():
    with pytest.raises(publishing.DayHasPassed):
        submitted(grade_3(), date(2026, 11, 21))


def test_a_submitted_draft_is_not_written_on():
    draft = submitted(grade_3())
    with pytest.raises(drafting.DraftIsClosed):
        changed(draft, tree_of(draft.text))


def test_a_draft_that_was_not_submitted_is_not_approved():
    with pytest.raises(publishing.NotSubmitted):
        approved(begun())


def test_a_returned_draft_is_written_on():
    draft = submitted(grade_3())
    back = publishing.return_draft(
        draft_id=draft.pk, revision=draft.revision, answer="查", actor=OTHER, now=NOW
    )
    assert back.state == DraftState.RETURNED
    assert changed(back, tree_of(back.text)).state == DraftState.DRAFT


def test_a_draft_that_was_given_up_makes_room_for_another():
    draft = begun()
    drafting.give_up_draft(
        draft_id=draft.pk, revision=draft.revision, actor=AUTHOR, now=NOW
    )
    assert begun().pk != draft.pk


@pytest.mark.parametrize("who", [ELSEWHERE, Somebody(4), Somebody(5, PUBLISH)])
def test_only_who_may_write_policies_of_the_place_begins_one(who):
    with pytest.raises(NotPermitted):
        drafting.begin_change(code=CODE, actor=who, now=NOW)


def test_a_draft_is_not_moved_to_a_place_that_its_author_has_no_say_in():
    draft = begun()
    with pytest.raises(NotPermitted):
        changed(draft, {**tree_of(draft.text), "region": "33"})


@pytest.mark.parametrize("who", [ELSEWHERE, Somebody(5, EDIT)])
def test_only_who_may_publish_in_the_place_approves(who):
    draft = submitted(grade_3())
    with pytest.raises(NotPermitted):
        approved(draft, actor=who)


@pytest.mark.parametrize("code", ["craftsmen", "Craft.men", "craftsmen.a b"])
def test_a_code_that_is_none_is_refused(code):
    with pytest.raises(drafting.NotACode):
        drafting.begin_policy(code=code, tree={}, actor=AUTHOR, now=NOW)


def test_a_code_that_is_taken_is_refused():
    with pytest.raises(drafting.CodeTaken):
        drafting.begin_policy(code=CODE, tree={}, actor=AUTHOR, now=NOW)


def test_whoever_wrote_a_draft_is_not_told_that_it_waits_for_them():
    submitted(grade_3())
    assert [drafts.drafts_waiting(who, NOW) for who in (AUTHOR, OTHER)] == [0, 1]
