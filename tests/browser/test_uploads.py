"""Files sent in pieces from a real browser whose connection is not to be trusted."""

import re

import pytest
from playwright.sync_api import expect

from jiangxin.foundation.uploads.models import Upload
from jiangxin.foundation.uploads.operations import open_upload, received
from jiangxin.kernel.access.models import Account
from tests.foundation.uploads.samples import pdf, png

PIECE = 512 * 1024
CONTENT = pdf(padding=4 * PIECE)
LOST = r"net::ERR|Failed to load resource"


@pytest.fixture(autouse=True)
def addresses(settings, tmp_path):
    settings.ROOT_URLCONF = "tests.foundation.uploads.addresses"
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"


@pytest.fixture
def wang(now, transactional_db):
    return Account.objects.create(username="wang", display_name="王芳", created_at=now)


@pytest.fixture
def paper(tmp_path):
    """A file with one time of change, as a browser that was closed finds it again."""
    path = tmp_path / "住所证明.pdf"
    path.write_bytes(CONTENT)
    return path


def kept(page, name="住所证明.pdf"):
    return page.locator("[data-upload-kept]", has_text=name)


def cut_after(page, pieces):
    """Lose the connection after so many pieces; return where each piece began."""
    starts = []

    def pass_on(route):
        starts.append(int(route.request.url.rpartition("=")[2]))
        if len(starts) > pieces:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.expect_problem(LOST)
    page.route("**/piece/*", pass_on)
    return starts


def bytes_of(upload):
    with open_upload(upload) as file:
        return file.read()


def test_a_file_is_sent_while_the_form_is_filled_in(page, sign_in, look, wang, paper):
    sign_in(page, wang)
    page.goto("/papers/")
    page.get_by_label("住所证明").set_input_files(paper)
    expect(kept(page)).to_contain_text("未经安全扫描")
    assert bytes_of(Upload.objects.get()) == CONTENT
    look(page, "uploads-kept")
    page.get_by_label("理由").fill("换发")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("body")).to_have_text("收到：住所证明.pdf")


def test_a_dropped_connection_is_waited_out(phone, sign_in, look, wang, paper):
    sign_in(phone, wang)
    phone.goto("/papers/")
    cut_after(phone, pieces=2)
    phone.get_by_label("住所证明").set_input_files(paper)
    expect(phone.get_by_text("连接中断，恢复后自动接着上传")).to_be_visible()
    look(phone, "uploads-waiting")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("alert")).to_contain_text("文件正在上传")
    phone.unroute("**/piece/*")
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(kept(phone)).to_be_visible()
    expect(phone.get_by_role("alert")).to_be_hidden()
    look(phone, "uploads-kept")
    assert bytes_of(Upload.objects.get()) == CONTENT


def test_a_closed_browser_goes_on_with_the_same_file(
    open_page, sign_in, look, wang, paper
):
    desk = {"width": 1440, "height": 900}
    first = open_page(desk)
    sign_in(first, wang)
    first.goto("/papers/")
    cut_after(first, pieces=3)
    first.get_by_label("住所证明").set_input_files(paper)
    expect(first.get_by_text("连接中断")).to_be_visible()
    first.context.close()
    assert received(Upload.objects.get()) == 3 * PIECE
    again = open_page(desk)
    sign_in(again, wang)
    again.goto("/papers/")
    expect(again.get_by_text("接着上传")).to_be_visible()
    look(again, "uploads-broken-off")
    starts = cut_after(again, pieces=99)
    again.get_by_label("住所证明").set_input_files(paper)
    expect(kept(again)).to_be_visible()
    assert min(starts) == 3 * PIECE
    assert bytes_of(Upload.objects.get()) == CONTENT


def test_a_refused_file_says_why_and_may_be_cancelled(
    page, sign_in, look, wang, tmp_path
):
    sign_in(page, wang)
    path = tmp_path / "程序.pdf"
    path.write_bytes(b"MZ" * 100)
    page.goto("/papers/")
    page.expect_problem("409")
    page.get_by_label("住所证明").set_input_files(path)
    row = page.locator(".upload-failed")
    expect(row).to_contain_text("文件内容不是 PDF、JPEG、PNG")
    look(page, "uploads-refused")
    expect(page.get_by_role("button", name="重试 程序.pdf")).to_be_visible()
    page.get_by_role("button", name="取消 程序.pdf").press("Enter")
    expect(row).to_have_count(0)
    expect(page.get_by_label("住所证明")).to_be_focused()


def test_a_file_is_removed_by_keyboard_and_gone(page, sign_in, wang, paper):
    sign_in(page, wang)
    page.goto("/papers/")
    page.get_by_label("住所证明").set_input_files(paper)
    remove = kept(page).get_by_role("button", name="删除 住所证明.pdf")
    with page.expect_response(re.compile("discard")):
        remove.press("Enter")
    expect(kept(page)).to_have_count(0)
    expect(page.get_by_label("住所证明")).to_be_focused()
    assert not Upload.objects.exists()


def test_too_many_and_too_large_files_are_not_sent(page, sign_in, wang, tmp_path):
    sign_in(page, wang)
    page.goto("/papers/")
    names = []
    for number, padding in enumerate((1, 2, 3)):
        names.append(tmp_path / f"{number}.png")
        names[-1].write_bytes(png(padding=padding))
    large = tmp_path / "大.pdf"
    large.write_bytes(b"%PDF-" + b" " * 9 * 1024 * 1024)
    page.get_by_label("住所证明").set_input_files(large)
    expect(page.get_by_role("alert")).to_contain_text("文件超过 8 MB")
    page.get_by_label("住所证明").set_input_files(names)
    expect(page.get_by_role("alert")).to_contain_text("最多上传 2 个文件")
    expect(page.locator("[data-upload-kept]")).to_have_count(2)


def test_one_picture_takes_the_place_of_the_other(page, sign_in, wang, tmp_path):
    sign_in(page, wang)
    page.goto("/papers/")
    for name in ("一.png", "二.png"):
        path = tmp_path / name
        path.write_bytes(png(padding=len(name.encode())))
        page.get_by_label("照片").set_input_files(path)
        expect(kept(page, name)).to_be_visible()
    expect(page.locator("[data-upload-kept]")).to_have_count(1)


@pytest.mark.parametrize("width", [1440, 360])
def test_without_scripts_the_form_brings_its_files(
    open_page, sign_in, look, wang, paper, width
):
    page = open_page({"width": width, "height": 740}, java_script_enabled=False)
    sign_in(page, wang)
    page.goto("/papers/")
    page.get_by_label("住所证明").set_input_files(paper)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_label("保留“住所证明.pdf”")).to_be_checked()
    page.get_by_label("理由").fill("换发")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("body")).to_have_text("收到：住所证明.pdf")
