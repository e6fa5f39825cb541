"""A policy goes out as a file and comes in as a draft; faults are told in Chinese."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.policy import registry
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.rules.places import PolicyFault
from tests.kernel.policy import making

CODE = "craftsmen.star_technician"
UPLOAD = reverse("policy:draft-upload")
pytestmark = pytest.mark.django_db


@pytest.fixture
def file(officer):
    making.region("331023101")
    answer = officer.get(reverse("policy:policy-file", args=[CODE]))
    assert answer.headers["Content-Type"].startswith("application/yaml")
    return answer.content.decode()


def send(client, text, name="policy.yaml"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})


def faults(answer):
    assert answer.status_code == 200
    return answer.context["form"].errors["file"]


def test_a_policy_that_was_taken_along_comes_back_as_it_is(officer, file):
    answer = send(officer, file)
    draft = PolicyDraft.objects.get()
    assert answer.url == reverse("policy:draft-detail", args=[draft.pk])
    assert registry.read_draft(draft.text, CODE) == registry.policy(CODE)
    assert draft.based_on == registry.policy(CODE).version
    taken = officer.get(reverse("policy:draft-file", args=[draft.pk]))
    assert taken.content.decode() == file


def test_a_file_of_a_new_code_begins_a_new_policy(officer, file):
    send(officer, file.replace(f"code: {CODE}", "code: craftsmen.night_school"))
    draft = PolicyDraft.objects.get()
    assert (draft.code, draft.based_on) == ("craftsmen.night_school", "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("tier: quick", "tier: slow", "字段 tier：没有“slow”这一项"),
        ("is_true: true", "is_true: maybe", "“maybe”既不是 true 也不是 false"),
        ("attribute: skill_grade", "attribute: luck", "没有名为“luck”的属性"),
        ("code: craftsmen", "code: [craftsmen", "不是有效的 YAML"),
        ("issuer:", "issued_by:", "没有“issued_by”这一项"),
        ("region: '331023'", "region: town", "“town”不是区划代码的开头部分"),
    ],
)
def test_a_fault_is_told_in_chinese_with_its_line_and_field(
    officer, file, old, new, told
):
    assert old in file
    (problem,) = faults(send(officer, file.replace(old, new, 1), "mine.yaml"))
    assert told in problem
    assert "mine.yaml 第" in problem
    assert not PolicyDraft.objects.exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"#" * 300_000, "文件过大"),
    ],
)
def test_what_is_no_policy_file_is_refused(officer, given, told):
    assert told in faults(send(officer, given))[0]


def test_a_code_of_no_programme_is_refused(officer, file):
    (problem,) = faults(send(officer, file.replace("craftsmen.star", "nobody.star", 1)))
    assert "nobody.star_technician" in problem


def test_nobody_begins_a_policy_for_a_larger_place(signed_in, file):
    other = signed_in(Role.FEDERATION_OFFICER, region_code="330781")
    assert send(other, file).status_code == 403
    assert not PolicyDraft.objects.exists()


def test_the_command_line_tells_faults_in_chinese(monkeypatch):
    def broken():
        text = "code: x\n"
        return registry.read_draft(text, "tests.some", file="some.yaml")

    monkeypatch.setattr(
        "jiangxin.kernel.policy.management.commands.policy_check.policies", broken
    )
    with (
        translation.override("zh-hans"),
        pytest.raises(CommandError, match=r"some\.yaml 第1行：缺少“title”"),
    ):
        call_command("policy_check")


def test_a_fault_says_the_same_in_both_languages_of_one_error():
    with pytest.raises(PolicyFault) as fault:
        registry.read_draft("code: x\n", "tests.some")
    with translation.override("en"):
        assert str(fault.value) == "tests.some:1: 'title' is missing"
    with translation.override("zh-hans"):
        assert str(fault.value) == "tests.some 第1行：缺少“title”"
