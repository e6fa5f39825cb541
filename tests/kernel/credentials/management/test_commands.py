import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.models import SigningKey
from jiangxin.kernel.credentials.proofs.publishing import did_document
from tests.kernel.credentials.operations.test_issuing import issue, record
from tests.kernel.credentials.proofs import samples, test_status_given
from tests.kernel.credentials.views import test_checking
from tests.kernel.register.cast import OFFICER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def issued(now, make_person, firms):
    return issue(record(now, person_id=make_person(employer=firms.north).pk), now)


def run(command, *arguments, **options):
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def verify(tmp_path, capsys):
    """Write a file and check it; return (exit code, what was printed)."""

    def check(data, *arguments):
        path = tmp_path / "file"
        path.write_bytes(data)
        out, code = StringIO(), 0
        try:
            call_command(
                "credentials_verify", str(path), *map(str, arguments), stdout=out
            )
        except SystemExit as end:
            code = end.code
        return code, out.getvalue()

    return check


def test_genuine_file_ends_with_0(verify, issued):
    code, told = verify(issued.document.encode())
    assert code == 0
    assert told.startswith("Genuine and valid.")
    assert "Status: In order. It counts" in told


def test_revoked_file_ends_with_1_and_says_why(verify, issued, now):
    operations.revoke_issue(issue_id=issued.pk, reason="", actor=OFFICER, now=now)
    code, told = verify(issued.document.encode(), "--json")
    report = json.loads(told)
    assert (code, report["verdict"]) == (1, "bad")
    assert report["checks"][-1] == {
        "check": "status",
        "outcome": "failed",
        "code": "status_revoked",
        "text": "The issuer has revoked it.",
        "detail": "",
    }


def test_file_whose_signature_was_not_checked_ends_with_1(verify):
    code, told = verify(samples.json_file(), "--at", "2026-06-01")
    assert code == 1
    assert "Ask the issuer for its DID document" in told


def test_foreign_file_with_its_keys_ends_with_0(verify, tmp_path):
    keys = tmp_path / "did.json"
    keys.write_text(json.dumps(did_document(samples.DID, [samples.PUBLIC])))
    moment = "2026-06-01T00:00:00Z"
    code, told = verify(
        samples.json_file(), "--keys", keys, "--trust", samples.DID, "--at", moment
    )
    assert code == 0
    assert "trusted here" in told


def test_moment_that_is_none_is_refused(verify):
    with pytest.raises(CommandError, match="no moment"):
        verify(b"{}", "--at", "tomorrow")


def test_file_that_is_not_there_is_refused():
    with pytest.raises(CommandError, match="cannot be read"):
        run("credentials_verify", "nowhere.json")


def test_key_is_rotated_listed_and_given_up(issued):
    assert "signs from now on" in run("credentials_rotate_key", reason="yearly")
    listed = run("credentials_keys").splitlines()
    assert [line.split()[1] for line in listed] == ["Signs", "Retired"]
    assert SigningKey.objects.get(pk=issued.key_id).public_part in listed[1]
    told = run("credentials_retire_key", issued.key_id, compromised=True)
    assert told.startswith(f"Key {issued.key_id} is “Compromised”.")
    assert "that it signed: 1" in told


def test_key_that_cannot_be_given_up_is_refused(issued):
    with pytest.raises(CommandError, match="no such key"):
        run("credentials_retire_key", 404)
    run("credentials_retire_key", issued.key_id)
    with pytest.raises(CommandError, match="“Retired” now"):
        run("credentials_retire_key", issued.key_id)


def test_a_pdf_and_the_status_list_of_another_are_checked(verify, tmp_path):
    code, told = verify(samples.pdf_file())
    assert code == 1
    assert "Seal of the PDF: Cannot be known here" in told
    for name, content in (
        ("keys", test_checking.keys_of_another()),
        ("list", test_status_given.status_list(7)),
    ):
        (tmp_path / name).write_bytes(content)
    given = ("--keys", tmp_path / "keys", "--status-list", tmp_path / "list")
    code, told = verify(test_status_given.credential(), *given)
    assert code == 1
    assert "Status: Not in order. The issuer has revoked it." in told
