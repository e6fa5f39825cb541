import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from jiangxin.foundation.uploads.models import Upload
from jiangxin.kernel.access.models import Account
from tests.foundation.uploads.addresses import ICON
from tests.foundation.uploads.samples import pdf, png

pytestmark = pytest.mark.django_db

CONTENT = pdf(padding=2_000)


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.foundation.uploads.addresses"


@pytest.fixture
def make_client(now):
    def made(username):
        account = Account.objects.create(username=username, created_at=now)
        client = Client()
        client.force_login(account)
        return client

    return made


@pytest.fixture
def wang(make_client):
    return make_client("wang")


def begin(client, content=CONTENT, **more):
    given = {
        "kind": "tests.paper",
        "name": "住所.pdf",
        "size": len(content),
        "fingerprint": "f",
        **more,
    }
    return client.post("/uploads/", given)


def piece(client, url, start, content):
    return client.post(
        f"{url}piece/?start={start}", content, content_type="application/octet-stream"
    )


def send_all(client):
    url = begin(client).json()["url"]
    piece(client, url, 0, CONTENT)
    assert client.post(f"{url}finish/", {"field": "papers"}).status_code == 200
    return url


def test_a_file_is_sent_finished_drawn_and_read_back(wang):
    url = begin(wang).json()["url"]
    assert piece(wang, url, 0, CONTENT[:900]).json() == {"received": 900}
    assert wang.get(url).json()["received"] == 900
    assert begin(wang).json()["url"] == url
    assert piece(wang, url, 900, CONTENT[900:]).json() == {"received": len(CONTENT)}
    row = wang.post(f"{url}finish/", {"field": "papers"}).json()["row"]
    key = Upload.objects.get().key
    assert f'name="papers" value="{key}" checked' in row
    assert "Not scanned" in row
    answer = wang.get(f"{url}file/")
    assert b"".join(answer.streaming_content) == CONTENT
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    answer.close()


def test_a_name_is_saved_with_the_ending_of_its_content(wang):
    url = begin(wang, name="住所.pdf.exe").json()["url"]
    piece(wang, url, 0, CONTENT)
    wang.post(f"{url}finish/")
    answer = wang.get(f"{url}file/")
    answer.close()
    assert answer["Content-Disposition"].endswith(".pdf.pdf")


def test_refusals_are_answered_as_code_and_sentence(wang):
    url = begin(wang).json()["url"]
    answer = piece(wang, url, 7, b"x")
    assert answer.status_code == 409
    assert answer.json()["code"] == "uploads.piece_astray"
    assert wang.post(f"{url}finish/").json()["code"] == "uploads.upload_incomplete"
    assert begin(wang, size="much").json()["code"] == "uploads.file_empty"
    assert piece(wang, url, "x", b"x").status_code == 409


def test_a_kind_nobody_declared_is_not_there(wang):
    assert begin(wang, kind="tests.nothing").status_code == 404


def test_what_is_not_complete_cannot_be_read(wang):
    url = begin(wang).json()["url"]
    assert wang.get(f"{url}file/").status_code == 404


def test_others_find_nothing_at_any_address(wang, make_client):
    url = send_all(wang)
    li = make_client("li")
    assert li.get(url).status_code == 404
    assert li.get(f"{url}file/").status_code == 404
    assert piece(li, url, 0, b"x").status_code == 404
    assert li.post(f"{url}finish/").status_code == 404
    assert li.post(f"{url}discard/").status_code == 404
    assert Upload.objects.count() == 1


def test_the_owner_removes_it(wang):
    url = send_all(wang)
    assert wang.post(f"{url}discard/").status_code == 200
    assert wang.get(url).status_code == 404


# --- without scripts ---


def post(client, **fields):
    return client.post("/papers/", {"reason": "换发", **fields})


def paper(content=CONTENT, name="住所.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_plain_form_hands_its_files_in(wang):
    answer = post(wang, papers=[paper(), paper(pdf(padding=9), "二.pdf")])
    assert answer.content.decode() == f"{ICON}收到：住所.pdf、二.pdf"


def test_a_form_with_a_fault_elsewhere_keeps_its_files(wang):
    answer = post(wang, reason="", papers=paper())
    key = Upload.objects.get().key
    assert f'name="papers" value="{key}" checked' in answer.content.decode()
    again = post(wang, papers=key)
    assert again.content.decode() == f"{ICON}收到：住所.pdf"


def test_an_input_left_empty_is_sent_as_a_text_and_means_nothing(wang):
    answer = post(wang, papers=paper(), photo="")
    assert answer.content.decode() == f"{ICON}收到：住所.pdf"


def test_a_box_unticked_leaves_the_file_out(wang):
    post(wang, reason="", papers=paper())
    answer = post(wang).content.decode()
    assert "This field is required." in answer


def test_a_refused_file_is_named_with_its_reason_and_the_others_stay(wang):
    answer = post(wang, papers=[paper(), paper(b"MZ", "坏.exe")]).content.decode()
    assert "坏.exe: By its content the file is none of" in answer
    assert "This field is required." not in answer
    assert 'checked data-discard-url="/uploads/' in answer


def test_too_many_files_are_refused_and_kept(wang):
    files = [paper(pdf(padding=size), f"{size}.pdf") for size in (1, 2, 3)]
    answer = post(wang, papers=files).content.decode()
    assert "Hand in at most 2 files here." in answer
    assert answer.count("data-upload-kept") == 3


def test_keys_of_others_or_of_another_kind_are_not_taken(wang, make_client):
    send_all(make_client("li"))
    others = Upload.objects.get().key
    assert "no longer here" in post(wang, papers=others).content.decode()
    post(wang, reason="", photo=SimpleUploadedFile("a.png", png()))
    picture = Upload.objects.get(kind="tests.picture").key
    assert "no longer here" in post(wang, papers=picture).content.decode()


def test_what_was_broken_off_is_named_when_the_form_is_opened(wang):
    begin(wang)
    assert "住所.pdf" in wang.get("/papers/").content.decode()


def test_the_field_says_what_it_takes(wang):
    with translation.override("en"):
        page = wang.get("/papers/").content.decode()
    assert "PDF, JPEG, PNG, OFD, Word, Excel, up to 8 MB each, at most 2 files." in page
    assert 'accept=".png"' in page
    assert "PNG, up to 20 MB." in page
