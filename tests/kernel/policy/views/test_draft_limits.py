"""What a policy file can say of grants and limits, the desk can edit, and it is the same."""

import pytest
from django.urls import reverse

from jiangxin.kernel.policy import registry
from jiangxin.kernel.policy.enums import Period, QuotaOrder, Subject, Wins
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.registry import policies
from jiangxin.kernel.policy.rules.plain import tree_of
from jiangxin.kernel.policy.rules.tree import NotWith, Quota
from tests.kernel.policy import making

CODE = "craftsmen.star_technician"
OTHER = "craftsmen.skill_reward"
FIGURE = "craftsmen.star_technician_grade"
WORDS = {"says_zh": "奖励", "says_en": "Reward", "clause": "三"}
pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"policy:{name}", args=args)


def tree():
    return tree_of(PolicyDraft.objects.get().text)


def read():
    return registry.read_draft(PolicyDraft.objects.get().text, CODE)


@pytest.fixture
def draft(officer):
    making.region("331023101")
    officer.post(url("policy-change", CODE))
    return PolicyDraft.objects.get()


@pytest.fixture
def post(officer, draft):
    def send(name, *args, **given):
        draft.refresh_from_db()
        data = {"revision": draft.revision, **given}
        return officer.post(url(name, draft.pk, *args), data)

    return send


def errors(answer):
    assert answer.status_code == 200
    return list(answer.context["form"].errors)


def test_exclusions_are_added_changed_and_taken_out(officer, draft, post):
    given = {"policies": [OTHER], "wins": "this"}
    assert post("draft-exclusion", "not_with.new", **given).status_code == 302
    assert read().not_with == (NotWith((OTHER,), Wins.THIS),)
    page = officer.get(url("draft-detail", draft.pk)).content.decode()
    assert "技能提升奖励" in page
    form = officer.get(url("draft-exclusion", draft.pk, "not_with.0")).context["form"]
    assert form.initial["policies"] == [OTHER]
    post("draft-exclusion", "not_with.0", **given | {"wins": "larger_amount"})
    assert read().not_with[0].wins is Wins.LARGER_AMOUNT
    post("draft-move", "not_with.0", act="remove")
    assert read().not_with == ()
    assert "not_with" not in tree()


def test_a_policy_does_not_exclude_itself_or_one_about_others(officer, draft, post):
    form = officer.get(url("draft-exclusion", draft.pk, "not_with.new")).context["form"]
    offered = {code for code, _title in form.fields["policies"].choices}
    people = {one.code for one in policies() if one.subject is Subject.PERSON}
    assert offered == people - {CODE}
    answer = post("draft-exclusion", "not_with.new", policies=[CODE], wins="this")
    assert errors(answer) == ["policies"]


@pytest.mark.parametrize(("amount", "parameter"), [("1500.50", ""), ("", FIGURE)])
def test_a_shared_ceiling_is_set_and_given_up(officer, draft, post, amount, parameter):
    given = {"group": "skill_subsidies", "amount": amount, "parameter": parameter}
    assert post("draft-ceiling", **given, period="a_year").status_code == 302
    ceiling = read().ceiling
    assert (ceiling.group, ceiling.period) == ("skill_subsidies", Period.A_YEAR)
    assert ceiling.most == 150_050 if amount else ceiling.most.key == parameter
    shown = officer.get(url("draft-ceiling", draft.pk)).context["form"].initial
    assert shown["parameter"] == parameter
    assert post("draft-ceiling", group="").status_code == 302
    assert read().ceiling is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"group": "Skill Subsidies", "amount": "1", "period": "a_year"}, "group"),
        ({"group": "skills", "period": "a_year"}, "amount"),
        ({"group": "skills", "amount": "1"}, "period"),
        ({"group": "skills", "amount": "-1", "period": "a_year"}, "amount"),
    ],
)
def test_an_unfinished_ceiling_is_told_what_it_lacks(post, given, field):
    assert errors(post("draft-ceiling", **given)) == [field]


def test_a_quota_is_set_and_given_up(officer, draft, post):
    given = {"people": "30", "amount": "500.5", "period": "a_year"}
    answer = post("draft-quota", **given, order="highest_first", by="skill_grade")
    assert answer.status_code == 302
    quota = Quota(30, 50_050, Period.A_YEAR, QuotaOrder.HIGHEST_FIRST, "skill_grade")
    assert read().quota == quota
    page = officer.get(url("draft-quota", draft.pk))
    assert page.context["form"].initial["people"] == "30"
    assert officer.get(url("draft-detail", draft.pk)).status_code == 200
    assert post("draft-quota").status_code == 302
    assert read().quota is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"people": "3", "period": "a_year"}, "order"),
        ({"people": "3", "order": "first_come"}, "period"),
        ({"people": "3", "period": "a_year", "order": "lowest_first"}, "by"),
        (
            {
                "people": "3",
                "period": "a_year",
                "order": "first_come",
                "by": "skill_grade",
            },
            "by",
        ),
        ({"people": "0"}, "people"),
    ],
)
def test_an_unfinished_quota_is_told_what_it_lacks(post, given, field):
    assert errors(post("draft-quota", **given)) == [field]


def test_a_quota_may_go_by_what_a_condition_sums(officer, draft, post):
    condition = {
        "attribute": "credential_sum",
        "comparison": "at_least",
        "of_kind": "volunteer_service",
        "of_within_months": "12",
        "value": "100",
        **WORDS,
    }
    assert post("draft-condition", "conditions.new", **condition).status_code == 302
    key = "credential_sum__volunteer_service__12"
    given = {"people": "5", "period": "once", "order": "highest_first", "by": key}
    assert post("draft-quota", **given).status_code == 302
    assert read().quota.attribute == key


def test_a_line_says_how_often_and_at_what_rate(officer, draft, post):
    given = {"amount": "100000", "rate": "3.65", "period": "a_year", **WORDS}
    assert post("draft-grant", "grants.rows.new", **given).status_code == 302
    grants = read().grants
    assert (grants.period, str(grants.rows[0].rate)) == (Period.A_YEAR, "3.65")
    shown = officer.get(url("draft-grant", draft.pk, "grants.rows.0")).context["form"]
    assert (shown.initial["rate"], shown.initial["period"]) == ("3.65", "a_year")
    dated = given | {"rate": "", "rate_parameter": FIGURE}
    assert post("draft-grant", "grants.rows.0", **dated).status_code == 302
    assert read().rows[0].rate.key == FIGURE
    both = given | {"rate_parameter": FIGURE}
    assert errors(post("draft-grant", "grants.rows.0", **both)) == ["rate"]


def test_a_case_says_how_much_is_given(officer, draft, post):
    post("draft-grant", "grants.rows.new", amount="1500", period="once", **WORDS)
    case = tree()["cases"][0]
    profile = {f"profile_{key}": value for key, value in case["profile"].items()}
    given = {
        "says_zh": "某",
        "says_en": "Some",
        "on": case["on"],
        "expect": "eligible",
        "row": "1",
        "amount": "1500",
        **profile,
    }
    assert post("draft-case", "cases.0", **given).status_code == 302
    assert (read().cases[0].row, read().cases[0].fen) == (1, 150_000)
    form = officer.get(url("draft-case", draft.pk, "cases.0")).context["form"]
    assert form.initial["amount"] == "1500"


def test_a_note_is_written_and_taken_out_in_both_languages(officer, draft, post):
    shown = officer.get(url("draft-terms", draft.pk)).context["form"].initial
    noted = _filled(shown) | {"note_zh": "数字待核对", "note_en": "To be checked"}
    assert post("draft-terms", **noted).status_code == 302
    assert read().note.zh_hans == "数字待核对"
    assert errors(post("draft-terms", **noted | {"note_en": ""})) == ["note_en"]
    unnoted = noted | {"note_zh": "", "note_en": ""}
    assert post("draft-terms", **unnoted).status_code == 302
    assert read().note is None


def test_a_policy_about_organisations_begins_at_the_desk(officer):
    making.region("331023101")
    given = {
        "part": "craftsmen",
        "name": "good_employer",
        "title_zh": "好单位",
        "title_en": "Good employer",
        "region": "331023",
        "subject": "organisation",
    }
    assert officer.post(url("draft-new"), given).status_code == 302
    assert tree()["subject"] == "organisation"


def _filled(initial):
    """What a browser sends of a form that nobody touched."""
    return {
        key: value
        for key, value in initial.items()
        if key != "revision" and value is not None and value is not False
    }


@pytest.mark.parametrize(
    "code",
    [
        "contests.grade_promotion",
        "craftsmen.city_craftsman",
        "rights.hardship_relief",
        "skill_credit.craftsman_loan",
        OTHER,
        "wage_accords.invitation",
    ],
)
def test_saving_every_form_as_it_is_changes_no_policy(code, account, client):
    """Ceiling, quota, table, terms and cases say what the file says."""
    chosen = registry.policy(code)
    making.region("331023101")
    for case in chosen.cases:
        making.region(case.profile.get(chosen.region_attribute) or chosen.region)
    client.force_login(account("federation_officer", region_code=chosen.region))
    client.post(url("policy-change", code))
    draft = PolicyDraft.objects.get()
    names = [("draft-ceiling",), ("draft-quota",), ("draft-terms",)]
    names += [("draft-grant", f"grants.rows.{n}") for n in range(len(chosen.rows))]
    names += [("draft-exclusion", f"not_with.{n}") for n in range(len(chosen.not_with))]
    names += [("draft-case", f"cases.{n}") for n in range(len(chosen.cases))]
    for name, *path in names:
        draft.refresh_from_db()
        form = client.get(url(name, draft.pk, *path)).context["form"]
        given = _filled(form.initial) | {"revision": draft.revision}
        answer = client.post(url(name, draft.pk, *path), given)
        assert answer.status_code == 302, (name, path, answer.context["form"].errors)
    assert registry.read_draft(PolicyDraft.objects.get().text, code) == chosen
