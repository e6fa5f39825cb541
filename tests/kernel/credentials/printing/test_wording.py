"""A certificate says what the signed document says, and who said it first."""

import json
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from jiangxin.kernel.credentials.enums import CredentialKind
from jiangxin.kernel.credentials.printing.facts import Line, Sheet
from jiangxin.kernel.credentials.printing.typesetting import render
from jiangxin.kernel.credentials.printing.wording import Issue, certificate_of
from jiangxin.kernel.credentials.proofs.badge import (
    Claim,
    Issuer,
    StatusPlace,
    Wording,
    badge,
)
from tests.kernel.credentials.printing import paper

ZONE = ZoneInfo("Asia/Shanghai")
OTHER = "浙江省总工会"

CLAIM = Claim(
    holder="张䶮",
    kind="荣誉",
    title="浦江工匠",
    grade="",
    grades=(),
    occupation="",
    number="PJ-001",
    awarded_by=paper.FEDERATION,
    awarded_on=date(2026, 5, 1),
    valid_from=datetime(2026, 5, 1, tzinfo=ZONE),
    valid_until=None,
)
SKILL = replace(CLAIM, title="焊工", grade="技师", grades=("技师",), occupation="焊工")


def issue(claim=CLAIM, kind="honour", **changes):
    document = badge(
        claim,
        id=paper.ADDRESS,
        subject="urn:uuid:0",
        issuer=Issuer(
            "did:web:union.example", paper.FEDERATION, "https://union.example"
        ),
        status=StatusPlace(1, {}),
        words=Wording("记载", "等级", "zh-CN"),
    )
    return Issue(
        document=json.dumps(document),
        kind=kind,
        address=paper.ADDRESS,
        code=paper.CODE,
        issued_at=paper.NOW,
        zone=ZONE,
        **changes,
    )


def test_every_kind_of_credential_can_be_printed():
    for kind in CredentialKind:
        for awarded_by in (paper.FEDERATION, OTHER):
            made = certificate_of(issue(replace(SKILL, awarded_by=awarded_by), kind))
            assert "{" not in made.sentence
            assert paper.pages_of(render(made)) == 1


def test_what_the_federation_awarded_is_its_certificate_of_that_day():
    made = certificate_of(issue())
    assert made.heading == "荣誉证书"
    assert made.salutation == "张䶮同志："
    assert "授予“浦江工匠”称号" in made.sentence
    assert made.issued_on == date(2026, 5, 1)


def test_what_nobody_is_named_for_is_the_federations_own():
    assert certificate_of(issue(replace(CLAIM, awarded_by=""))).heading == "荣誉证书"


def test_what_another_awarded_is_attested_and_not_imitated():
    made = certificate_of(issue(replace(CLAIM, awarded_by=OTHER)))
    assert made.heading == "荣誉证明"
    assert f"由{OTHER}授予" in made.sentence
    assert made.issuer == paper.FEDERATION
    assert made.issued_on == date(2026, 11, 22)


def test_an_organisation_is_no_comrade():
    made = certificate_of(issue(is_of_organisation=True))
    assert made.salutation == "张䶮："


def test_an_award_without_a_day_bears_the_day_of_issue():
    made = certificate_of(issue(replace(CLAIM, awarded_on=None)))
    assert made.issued_on == date(2026, 11, 22)


def test_a_skill_certificate_lists_what_is_known_in_order():
    made = certificate_of(issue(SKILL, "skill_certificate"))
    assert made.sheet is Sheet.SKILL
    assert made.lines == (
        Line("姓名", "张䶮"),
        Line("职业（工种）", "焊工"),
        Line("技能等级", "技师"),
        Line("证书编号", "PJ-001"),
        Line("评价机构", paper.FEDERATION),
        Line("发证日期", "2026年5月1日"),
    )


def test_the_list_of_an_organisation_names_it_as_one():
    made = certificate_of(issue(kind="certificate", is_of_organisation=True))
    assert made.lines[0] == Line("单位名称", "张䶮")


def test_the_last_day_is_the_last_on_which_it_counts():
    ends = replace(CLAIM, valid_until=datetime(2029, 5, 1, tzinfo=ZONE))
    assert certificate_of(issue(ends)).valid_to == date(2029, 4, 30)
    listed = certificate_of(issue(ends, "certificate")).lines
    assert listed[-1] == Line("有效期至", "2029年4月30日")


def test_the_document_goes_with_the_certificate_as_it_is():
    given = issue()
    assert certificate_of(given).document == given.document.encode()


@pytest.mark.parametrize("copy_number", [1, 4])
def test_a_certificate_knows_which_print_it_is(copy_number):
    made = certificate_of(issue(copy_number=copy_number))
    assert made.copy_number == copy_number
