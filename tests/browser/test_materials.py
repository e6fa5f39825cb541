"""Files and text of an application from browsers that are cut off, closed, or bare."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from jiangxin.foundation.uploads.models import Upload
from jiangxin.kernel.matters.models import Matter, MatterMaterial
from jiangxin.kernel.matters.operations.files import open_file
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_matters import (
    FIRST,
    account,
    firms,
    handed_in,
    made_up_people,
    make_organisation,
    make_person,
    press,
    regions,
    union,
    uploads,
)
from tests.browser.test_uploads import CONTENT, PIECE, cut_after

__all__ = [
    "account",
    "firms",
    "made_up_people",
    "make_organisation",
    "make_person",
    "regions",
    "union",
    "uploads",
]

PAPER = "关于选举结果的批复"
KEPT = re.compile(r"已于\d\d:\d\d保存")


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "选举结果批复.pdf"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def chair(account, union):
    return account("chair", "李主席", "union_clerk", organisation_code="U-NEW")


@pytest.fixture
def begin(sign_in, chair):
    """Begin a draft on a page, and stay where it is filled in."""

    def begun(page):
        page.on("dialog", lambda asked: asked.accept())  # leave, though it is under way
        sign_in(page, chair)
        page.goto(f"/desk/services/{FIRST}/")
        page.get_by_label("单位", exact=True).fill("U-NEW")
        press(page, "开始填写")
        expect(page.get_by_label("法定代表人")).to_be_visible()
        return page.url

    return begun


def check_handed_in():
    """The one file is the material's, byte for byte."""
    made = MatterMaterial.objects.get()
    with open_file(made.pk) as file:
        assert sha256(file.read()).hexdigest() == made.digest
    assert made.digest == sha256(CONTENT).hexdigest()
    assert Upload.objects.get().holder == f"matters.material:{made.pk}"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_file_that_was_broken_off_goes_on_after_the_page_was_loaded_anew(
    open_page, begin, look, paper, size
):
    page = open_page(size)
    begin(page)
    cut_after(page, pieces=3)
    page.get_by_label(PAPER).set_input_files(paper)
    expect(page.get_by_text("连接中断，恢复后自动接着上传")).to_be_visible()
    look(page, "materials-waiting")

    page.reload()
    expect(page.get_by_text("接着上传")).to_have_count(1)
    page.unroute("**/piece/*")  # only now: it must not go on before
    look(page, "materials-broken-off")
    starts = cut_after(page, pieces=99)
    page.get_by_label(PAPER).set_input_files(paper)
    expect(handed_in(page, PAPER)).to_contain_text(paper.name)
    expect(page.locator("[data-upload-kept]")).to_have_count(0)
    expect(page.locator("#files-kept")).to_contain_text(KEPT)
    look(page, "materials-handed-in")
    assert min(starts) == 3 * PIECE
    check_handed_in()

    page.reload()
    expect(handed_in(page, PAPER)).to_contain_text(paper.name)
    page.get_by_role("button", name=f"移除“{paper.name}”").click()
    expect(page.get_by_text(paper.name)).to_have_count(0)
    assert not Upload.objects.exists()


def test_without_scripts_the_form_brings_its_files(open_page, begin, look, paper):
    page = open_page(PHONE, java_script_enabled=False)
    begin(page)
    page.get_by_label("法定代表人").fill("李明")
    page.get_by_label(PAPER).set_input_files(paper)
    press(page, "上传")
    expect(handed_in(page, PAPER)).to_contain_text(paper.name)
    expect(page.get_by_label("法定代表人")).to_have_value("李明")
    check_handed_in()


def test_without_scripts_a_refused_file_says_why(open_page, begin, look, tmp_path):
    page = open_page(PHONE, java_script_enabled=False)
    begin(page)
    path = tmp_path / "程序.pdf"
    path.write_bytes(b"MZ" * 100)
    page.get_by_label(PAPER).set_input_files(path)
    press(page, "上传")
    group = page.get_by_role("group").filter(has_text=PAPER)
    expect(group).to_contain_text("文件内容不是 PDF、JPEG、PNG")
    assert not MatterMaterial.objects.exists()


def test_what_is_typed_outlives_a_closed_browser(open_page, begin, sign_in, chair):
    first = open_page(DESK)
    address = begin(first)
    first.get_by_label("法定代表人").fill("李明")
    first.get_by_label("联系电话").fill("13800138000")
    expect(first.locator("#kept")).to_contain_text(KEPT)
    first.context.close()
    again = open_page(DESK)
    sign_in(again, chair)
    again.goto(address)
    expect(again.get_by_label("法定代表人")).to_have_value("李明")
    expect(again.get_by_label("联系电话")).to_have_value("13800138000")


PUT_ASIDE = """() => {
  Object.defineProperty(document, "hidden", { value: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_what_is_typed_is_kept_at_once_when_the_page_is_put_aside(open_page, begin):
    page = open_page(PHONE)
    address = begin(page)
    page.clock.install()  # nothing that waits some seconds happens any more
    page.goto(address)
    page.clock.pause_at(timezone.now() + timedelta(days=1))
    page.get_by_label("法定代表人").fill("李明")
    with page.expect_response(address) as response:
        page.evaluate(PUT_ASIDE)
    assert response.value.ok
    assert Matter.objects.get().answers["legal_representative"] == "李明"
    expect(page.locator("#application")).to_have_attribute("data-guard", "")


def test_what_is_typed_waits_until_a_file_is_kept(open_page, begin, paper):
    page = open_page(DESK)
    address = begin(page)
    held = []
    page.route(address, lambda route: held.append(route))  # noqa: PLW0108 -- Playwright marks it
    page.get_by_label(PAPER).set_input_files(paper)
    expect(page.locator("[data-upload-kept]")).to_have_count(1)
    page.get_by_label("法定代表人").fill("李明")
    page.evaluate(PUT_ASIDE)
    assert len(held) == 1, "both would bring the file"
    page.unroute(address)  # which lets it go
    expect(handed_in(page, PAPER)).to_contain_text(paper.name)
    expect(page.locator("#kept")).to_contain_text(KEPT)
    assert Matter.objects.get().answers["legal_representative"] == "李明"
    check_handed_in()
