import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from jiangxin.kernel.policy import registry
from jiangxin.kernel.policy.apps import policy_files
from jiangxin.kernel.policy.enums import Verdict
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.policy.registry.findings import case_problem_text
from jiangxin.kernel.policy.registry.policies import PolicyFolder, read_library
from jiangxin.kernel.policy.rules.cases import CaseProblem
from jiangxin.kernel.policy.rules.granting import Granted
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.tree import Case
from tests.kernel.policy import making
from tests.unreached import UNREACHED

SKILLED = "craftsmen.highly_skilled_worker"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def skilled(db):
    who = making.person()
    making.certify(who, 3)
    return who


@pytest.mark.django_db(transaction=True)
def test_match_writes_and_tells(skilled):
    printed = run("policy_match")
    assert f"Highly skilled worker ({SKILLED}): 1 eligible, 1 newly" in printed
    assert PolicyMatch.objects.get().person_id == skilled.pk


@pytest.mark.django_db(transaction=True)
def test_match_can_be_of_one_policy(skilled):
    printed = run("policy_match", policy=["craftsmen.star_technician"])
    assert "Star technician" in printed
    assert SKILLED not in printed


@pytest.mark.parametrize(
    "options", [{"dry_run": True}, {"on": making.date(2024, 1, 1)}]
)
def test_match_only_counts_on_a_dry_run_or_another_day(skilled, options):
    assert "Nothing was written" in run("policy_match", **options)
    assert MatchRun.objects.count() == 0


@pytest.mark.parametrize(
    "command", [["policy_match"], ["policy_explain", SKILLED, "1"]]
)
def test_what_is_no_day_is_refused_in_words(db, command):
    with pytest.raises(CommandError, match="“20x” is no day"):
        run(*command, "--on", "20x")


def test_match_names_the_policies_there_are(db):
    with pytest.raises(CommandError, match=SKILLED):
        run("policy_match", policy=["no.such"])


def test_explain_prints_each_condition(skilled):
    printed = run("policy_explain", SKILLED, str(skilled.pk))
    assert "Eligible" in printed
    assert "+ Skill grade of senior worker or above [Met]" in printed
    assert "read: Senior worker; asked: at least Senior worker" in printed


def test_explain_says_what_is_missing(skilled):
    printed = run("policy_explain", "talent_pools.countryside_maker", str(skilled.pk))
    assert "Information needed" in printed
    assert "Not recorded: Employer's industry." in printed


def test_explain_says_why_a_policy_does_not_apply(skilled):
    printed = run("policy_explain", SKILLED, str(skilled.pk), "--on", "2020-01-01")
    assert "Not in force on this date" in printed


def test_explain_calls_a_demonstration_one(skilled):
    assert "[demonstration]" in run(
        "policy_explain", "craftsmen.star_technician", str(skilled.pk)
    )


def test_explain_speaks_json(skilled):
    printed = json.loads(run("policy_explain", SKILLED, str(skilled.pk), "--json"))
    assert printed["verdict"] == "eligible"
    assert printed["conditions"][0]["finding"] == "met"


@pytest.mark.parametrize("arguments", [("no.such", "1"), (SKILLED, str(UNREACHED))])
def test_explain_refuses_what_there_is_not(db, arguments):
    with pytest.raises(CommandError):
        run("policy_explain", *arguments)


def test_check_passes_what_is_there():
    assert "4 worked cases" in run("policy_check")
    assert policy_files() == []


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Let there be one policy, whose text the test gives."""

    def put(text):
        (tmp_path / "some.yaml").write_text(text, encoding="utf-8")

        def policies():
            folders = [("tests", tmp_path)]
            return list(read_library(folders, registry.attributes()).policies.values())

        for module in (
            "jiangxin.kernel.policy.management.commands.policy_check",
            "jiangxin.kernel.policy.registry",
        ):
            monkeypatch.setattr(f"{module}.policies", policies)

    return put


SOME = """
code: tests.some
title: {zh-hans: 某, en: Some}
summary: {zh-hans: 某, en: Some}
issuer: 某
document: 《某》
clause: 一
region: ""
subject: person
in_force: {from: 2021-01-01}
tier: quick
is_demonstration: true
conditions:
  - attribute: skill_grade
    at_least: 3
    says: {zh-hans: 等级, en: Grade}
    clause: 二
cases:
  - says: {zh-hans: 案, en: Case}
    on: 2025-01-01
    profile: {skill_grade: 3}
    expect: not_eligible
"""


def test_check_tells_of_cases_that_come_out_otherwise(broken):
    broken(SOME)
    err = StringIO()
    with pytest.raises(CommandError, match="2 problems"):
        run("policy_check", stderr=err)
    assert "expects Not eligible, not Eligible" in err.getvalue()
    assert "“Grade” needs a case at its limit" in err.getvalue()


def test_check_tells_of_a_file_that_cannot_be_read(broken):
    broken(SOME.replace("at_least", "at_leastt"))
    with pytest.raises(CommandError, match=r"some\.yaml:15"):
        run("policy_check")
    (error,) = policy_files()
    assert error.id == "policy.E001"


def test_two_policies_cannot_share_a_code(tmp_path):
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(SOME, encoding="utf-8")
    with pytest.raises(PolicyFault, match="stands twice"):
        read_library([("tests", PolicyFolder(tmp_path).path)], registry.attributes())


def test_explain_says_what_is_given_what_is_short_and_when_it_turns(skilled):
    making.join(skilled, making.organisation("union", kind="grassroots_union"))
    making.certify(skilled, 4, since=making.date(2026, 6, 1))
    asked = ("policy_explain", "craftsmen.skill_reward", str(skilled.pk))
    printed = run(*asked, "--on", "2026-11-22")
    assert "Given: Reward of a technician 3,000 yuan" in printed
    assert "Qualifies until 1 June 2027" in printed
    told = json.loads(run(*asked, "--on", "2026-11-22", "--json"))
    assert told["grant"] == {"row": 2, "fen": 300_000}
    assert told["turns"] == {"on": "2027-06-02", "verdict": "not_eligible"}

    skilled.credentials.all().delete()
    short = run("policy_explain", SKILLED, str(skilled.pk))
    assert "One condition short: Skill grade: at least Senior worker" in short


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (CaseProblem(None, None, row=2), "No case is given line 2 of the table"),
        (
            CaseProblem(
                Case(making.WORDS, making.TODAY, {}, Verdict.ELIGIBLE),
                None,
                given=Granted(None, 3, 100),
            ),
            "The case “Some condition” is given line 3 and 1 yuan",
        ),
    ],
)
def test_check_says_what_is_wrong_with_a_table(problem, told):
    assert told in case_problem_text(problem)


@pytest.mark.django_db(transaction=True)
def test_snapshot_is_refreshed_and_described():
    making.certify(making.person(), 5)
    out = StringIO()
    call_command("policy_snapshot", "refresh", stdout=out)
    assert PolicyMatch.objects.exists()
    assert "1" in out.getvalue()
    call_command("policy_snapshot", "refresh", "--anew", stdout=out)
    out = StringIO()
    call_command("policy_snapshot", stdout=out)
    assert len(out.getvalue().splitlines()) == 2


def test_snapshot_that_is_not_there_says_how_to_make_one(db):
    with pytest.raises(CommandError, match="policy snapshot refresh"):
        call_command("policy_snapshot", "status")
