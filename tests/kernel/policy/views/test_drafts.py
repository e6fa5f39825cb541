"""The editor of policies at the desk, page by page and without a script."""

import pytest
from django.urls import reverse

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.jobs.models import Job
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.policy import registry
from jiangxin.kernel.policy.enums import DraftState
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.operations import match_everyone
from jiangxin.kernel.policy.rules.plain import tree_of
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW

CODE = "craftsmen.star_technician"
pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"policy:{name}", args=args)


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def tree():
    return tree_of(PolicyDraft.objects.latest("pk").text)


@pytest.fixture
def place(db):
    making.region("331023101")
    making.region("330781")


@pytest.fixture
def draft(officer, place):
    officer.post(url("policy-change", CODE))
    return PolicyDraft.objects.get()


def post(client, draft, name, *args, **given):
    draft.refresh_from_db()
    data = {"revision": draft.revision, **given}
    return client.post(url(name, draft.pk, *args), data)


def grade(limit):
    return {
        "attribute": "skill_grade",
        "comparison": "at_least",
        "value": str(limit),
        "says_zh": "等级",
        "says_en": "Grade",
        "clause": "一",
    }


def move_the_threshold(officer, draft, limit=3):
    """Change the limit and the two cases around it."""
    answer = post(officer, draft, "draft-condition", "conditions.0", **grade(limit))
    assert answer.status_code == 302, answer.content.decode()
    for number, value, expect in [
        (0, limit, "eligible"),
        (1, limit - 1, "not_eligible"),
    ]:
        case = tree()["cases"][number]
        profile = {f"profile_{key}": v for key, v in case["profile"].items()}
        answer = post(
            officer,
            draft,
            "draft-case",
            f"cases.{number}",
            **profile | {"profile_skill_grade": str(value)},
            says_zh="某人",
            says_en="Somebody",
            on="2026-11-22",
            expect=expect,
        )
        assert answer.status_code == 302, answer.content.decode()


def submit(officer, draft, on="2099-01-01"):
    return post(officer, draft, "draft-submit", effective_on=on, reason="新办法")


def test_a_new_version_shows_the_rows_of_the_policy(officer, draft):
    page = text(officer.get(url("draft-detail", draft.pk)))
    assert "技师及以上" in page
    assert "draft-terms" not in page
    assert url("draft-condition", draft.pk, "conditions.0") in page


def test_a_condition_is_changed_by_its_form(officer, draft):
    page = text(officer.get(url("draft-condition", draft.pk, "conditions.0")))
    assert 'name="value"' in page
    move_the_threshold(officer, draft)
    assert tree()["conditions"][0]["at_least"] == "3"


def test_a_condition_of_a_parameter_is_kept_as_one(officer, draft):
    given = grade("") | {"parameter": "craftsmen.star_technician_grade"}
    post(officer, draft, "draft-condition", "conditions.0", **given)
    assert tree()["conditions"][0]["at_least"] == {
        "parameter": "craftsmen.star_technician_grade"
    }


def test_a_value_and_a_parameter_at_once_are_refused(officer, draft):
    given = grade(3) | {"parameter": "craftsmen.star_technician_grade"}
    answer = post(officer, draft, "draft-condition", "conditions.0", **given)
    assert answer.status_code == 200
    assert PolicyDraft.objects.get().revision == 1


@pytest.mark.parametrize(
    ("attribute", "comparison", "given", "expected"),
    [
        ("birth_on", "age_at_most", {"value": "45"}, "45"),
        ("birth_on", "between", {"low": "1980-01-01", "high": "1990-01-01"}, None),
        ("sex", "equals", {"value": "2"}, "2"),
        ("education", "starts_with_one_of", {"values": ["1", "2"]}, ["1", "2"]),
        ("employer_region", "starts_with_one_of", {"values": "331023"}, ["331023"]),
        ("employer_industry", "starts_with_one_of", {"values": ["A"]}, ["A"]),
        ("occupation", "one_of", {"values": "5-01-02-01，5-01-02-02"}, None),
        ("is_union_member", "is_true", {}, "true"),
        ("member_since", "years_since_at_least", {"value": "2"}, "2"),
    ],
)
def test_every_kind_of_attribute_has_a_picker(
    officer, draft, attribute, comparison, given, expected
):
    chosen = {"attribute": attribute, "comparison": comparison}
    page = url("draft-condition", draft.pk, "conditions.new")
    text(officer.get(page, chosen))
    words = {"says_zh": "某", "says_en": "Some", "clause": "一"}
    answer = post(
        officer, draft, "draft-condition", "conditions.new", **chosen, **given, **words
    )
    assert answer.status_code == 302, answer.content.decode()
    made = tree()["conditions"][-1]
    assert made["attribute"] == attribute
    assert expected is None or made[comparison] == expected


def test_an_attribute_of_a_family_is_asked_with_its_arguments(officer, draft):
    given = {
        "attribute": "credential_grade",
        "comparison": "at_least",
        "of_kind": "skill_certificate",
        "of_within_months": "24",
        "value": "3",
        "says_zh": "某",
        "says_en": "Some",
        "clause": "一",
    }
    answer = post(officer, draft, "draft-condition", "conditions.new", **given)
    assert answer.status_code == 302, answer.content.decode()
    assert tree()["conditions"][-1]["of"] == {
        "kind": "skill_certificate",
        "within_months": "24",
    }
    assert "credential_grade__skill_certificate__24" in tree()["cases"][0]["profile"]


def test_the_attribute_is_chosen_first(officer, draft):
    page = text(officer.get(url("draft-condition", draft.pk, "conditions.new")))
    assert 'name="attribute"' in page
    assert 'name="says_zh"' not in page


def test_groups_are_made_and_filled(officer, draft):
    words = {"says_zh": "任一", "says_en": "Any", "clause": "二"}
    post(officer, draft, "draft-group", "conditions.new", junction="any_of", **words)
    post(officer, draft, "draft-condition", "conditions.3.any_of.new", **grade(5))
    assert tree()["conditions"][3]["any_of"][0]["at_least"] == "5"
    assert "等级" in text(officer.get(url("draft-detail", draft.pk)))


def test_lines_of_a_table_are_made_with_their_conditions(officer, draft):
    words = {"says_zh": "奖励", "says_en": "Reward", "clause": "三"}
    post(officer, draft, "draft-grant", "grants.rows.new", amount="1500.50", **words)
    post(officer, draft, "draft-condition", "grants.rows.0.when.new", **grade(5))
    (row,) = registry.read_draft(PolicyDraft.objects.get().text, CODE).rows
    assert row.gives.given == 150_050
    assert len(row.when) == 1


def test_rows_are_moved_and_taken_out(officer, draft):
    post(officer, draft, "draft-move", "conditions.0", act="down")
    assert tree()["conditions"][1]["attribute"] == "skill_grade"
    post(officer, draft, "draft-move", "conditions.1", act="remove")
    assert len(tree()["conditions"]) == 2
    assert "skill_grade" not in tree()["cases"][0]["profile"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("draft-condition", "conditions.9"),
        ("draft-case", "cases.99"),
        ("draft-condition", "grants.rows.4.when.0"),
    ],
)
def test_a_row_that_is_not_there_is_not_found(officer, draft, name, path):
    assert officer.get(url(name, draft.pk, path)).status_code == 404


def test_the_terms_are_changed_by_their_form(officer, draft):
    page = officer.get(url("draft-terms", draft.pk))
    shown = page.context["form"].initial
    given = {key: value for key, value in shown.items() if value not in (None, False)}
    answer = post(officer, draft, "draft-terms", **given | {"title_zh": "新星级技工"})
    assert answer.status_code == 302, answer.content.decode()
    assert tree()["title"]["zh-hans"] == "新星级技工"


def test_the_answer_of_a_case_is_worked_out_and_only_saved_by_its_author(
    officer, draft
):
    case = tree()["cases"][1]
    profile = {f"profile_{key}": value for key, value in case["profile"].items()}
    given = dict(says_zh="某", says_en="Some", on="2026-11-22", **profile)
    page = text(post(officer, draft, "draft-case", "cases.new", **given, work_out="1"))
    assert 'value="not_eligible" selected' in page
    assert len(tree()["cases"]) == 6
    assert post(officer, draft, "draft-case", "cases.new", **given).status_code == 200
    given["expect"] = "not_eligible"
    assert post(officer, draft, "draft-case", "cases.new", **given).status_code == 302
    assert len(tree()["cases"]) == 7


def test_a_stale_page_is_told_who_was_quicker(officer, draft):
    stale = {"revision": 1}
    move_the_threshold(officer, draft)
    page = url("draft-condition", draft.pk, "conditions.0")
    answer = officer.post(page, {**grade(5), **stale})
    assert answer.status_code == 200
    assert "federation_officer" in answer.content.decode()
    assert tree()["conditions"][0]["at_least"] == "3"


def skilled(grade_):
    who = making.person(1)
    making.employ(who, making.organisation("mill", is_above_scale=True))
    making.join(who, making.organisation("union", kind="grassroots_union"))
    making.certify(who, grade_)
    match_everyone(actor=_System(), now=NOW, reason="tests")
    return who


class _System:
    account_id = None
    label = "system"
    person_id = None

    def scopes(self, _permission):
        return ()


def test_the_dry_run_counts_and_names_whom_a_draft_adds(officer, draft):
    who = skilled(3)
    move_the_threshold(officer, draft)
    page = officer.get(url("draft-reach", draft.pk))
    assert page.context["problem"] == ""
    run = page.context["run"]
    assert (run.register, run.now, run.people, run.adds, run.drops) == (1, 0, 1, 1, 0)
    assert [step.only for step in run.steps] == [0, 0, 0, 0]
    text(page)
    assert who.name in text(officer.get(url("draft-people", draft.pk, "adds")))
    assert who.name not in text(officer.get(url("draft-people", draft.pk, "drops")))


def test_the_dry_run_counts_what_is_typed_before_it_is_saved(officer, draft):
    skilled(3)
    answer = post(officer, draft, "draft-condition-reach", "conditions.0", **grade(3))
    assert answer.context["run"].adds == 1
    assert tree()["conditions"][0]["at_least"] != "3"


def test_a_second_person_approves_and_everybody_is_matched(officer, draft, signed_in):
    move_the_threshold(officer, draft)
    day = today(PolicyDraft.objects.get().begun_at).isoformat()
    assert submit(officer, draft, day).status_code == 302
    page = text(officer.get(url("draft-detail", draft.pk)))
    assert url("draft-approve", draft.pk) not in page
    leader = signed_in(Role.FEDERATION_LEADER, region_code="33")
    assert url("draft-approve", draft.pk) in text(
        leader.get(url("draft-detail", draft.pk))
    )
    assert post(leader, draft, "draft-approve").status_code == 302
    assert PolicyDraft.objects.get().state == DraftState.IN_EFFECT
    assert Job.objects.filter(kind="policy.match_all").exists()
    assert "高级工" in text(leader.get(url("policy-versions", CODE)))


def test_who_wrote_a_draft_is_refused_its_approval(officer, draft):
    move_the_threshold(officer, draft)
    submit(officer, draft)
    answer = post(officer, draft, "draft-approve")
    assert answer.status_code == 409


def test_a_contradictory_policy_is_refused_by_name(officer, draft):
    low = grade(2) | {"comparison": "at_most", "says_zh": "中级工以下"}
    post(officer, draft, "draft-condition", "conditions.new", **low)
    page = text(officer.get(url("draft-detail", draft.pk)))
    assert "“中级工以下”" in page
    assert "“中级工以下”" in submit(officer, draft).content.decode()


def test_a_draft_is_returned_with_what_is_to_be_changed(officer, draft, signed_in):
    move_the_threshold(officer, draft)
    submit(officer, draft)
    leader = signed_in(Role.FEDERATION_LEADER, region_code="33")
    post(leader, draft, "draft-return", answer="条款号有误")
    assert "条款号有误" in text(leader.get(url("draft-detail", draft.pk)))


def test_a_draft_is_given_up(officer, draft):
    post(officer, draft, "draft-give-up")
    assert PolicyDraft.objects.get().state == DraftState.DISCARDED
    text(officer.get(url("draft-list")))


def test_a_policy_is_withdrawn_and_its_history_stays(officer, signed_in, place):
    officer.post(url("policy-withdraw", CODE))
    draft = PolicyDraft.objects.get()
    text(officer.get(url("draft-detail", draft.pk)))
    submit(officer, draft, today(draft.begun_at).isoformat())
    leader = signed_in(Role.FEDERATION_LEADER, region_code="33")
    post(leader, draft, "draft-approve")
    assert leader.get(url("policy-detail", CODE)).status_code == 404
    text(leader.get(url("policy-versions", CODE)))


def test_a_new_policy_begins_empty_or_with_the_text_of_another(officer, place):
    given = {
        "part": "craftsmen",
        "name": "night_school",
        "title_zh": "夜校",
        "title_en": "Night school",
        "region": "331023",
    }
    assert officer.post(url("draft-new"), given).status_code == 302
    draft = PolicyDraft.objects.get()
    assert "夜校" in text(officer.get(url("draft-detail", draft.pk)))
    other = given | {"name": "night_school_2", "like": CODE}
    assert officer.post(url("draft-new"), other).status_code == 302
    assert len(tree()["conditions"]) == 3
    again = officer.post(url("draft-new"), given | {"name": "star_technician"})
    assert again.status_code == 200


def test_only_who_may_see_drafts_sees_them(signed_in, draft):
    clerk = signed_in(Role.UNION_CLERK, organisation_code="mill")
    assert clerk.get(url("draft-list")).status_code == 403
    assert clerk.get(url("draft-detail", draft.pk)).status_code == 403


def test_a_draft_is_not_found_from_another_place(signed_in, draft):
    other = signed_in(Role.FEDERATION_OFFICER, region_code="330781")
    for page in ("draft-detail", "draft-terms"):
        assert other.get(url(page, draft.pk)).status_code == 404
    assert url("draft-detail", draft.pk) not in text(other.get(url("draft-list")))
