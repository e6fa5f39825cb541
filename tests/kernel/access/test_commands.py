from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jiangxin.kernel.access import queries
from jiangxin.kernel.access.management.commands import access_create_account
from jiangxin.kernel.access.models import Account

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_create_account_prints_a_made_password_once_and_grants_the_role():
    said = run(
        "access_create_account",
        "Root",
        "--name=The root",
        "--role=system_administrator",
        "--generate-password",
    )
    account = Account.objects.get(username="root")
    password = said.split("once: ")[1].split()[0]
    assert account.check_password(password)
    assert account.grants.get().role == "system_administrator"


@pytest.fixture
def typing(monkeypatch):
    def type_in(*texts):
        given = iter(texts)
        monkeypatch.setattr(access_create_account, "getpass", lambda _: next(given))

    return type_in


def test_create_account_asks_for_a_password_twice(typing):
    typing("a-rather-long-secret-9", "a-rather-long-secret-9")
    said = run("access_create_account", "root")
    assert Account.objects.get().check_password("a-rather-long-secret-9")
    assert "secret" not in said


def test_create_account_refuses_two_different_passwords(typing):
    typing("a-rather-long-secret-9", "another-long-secret")
    with pytest.raises(CommandError, match="differ"):
        run("access_create_account", "root")
    assert not Account.objects.exists()


def test_create_account_says_why_not(clerk):
    with pytest.raises(CommandError, match="clerk"):
        run("access_create_account", "clerk", "--generate-password")


def test_create_account_says_when_the_role_could_not_be_granted():
    with pytest.raises(CommandError):
        run(
            "access_create_account",
            "root",
            "--role=auditor",
            "--region=33",
            "--generate-password",
        )
    assert not Account.objects.get().grants.exists()


def test_grant_role_grants_for_a_time(clerk):
    run(
        "access_grant_role",
        "clerk",
        "federation_leader",
        "--region=33",
        "--from=2026-12-01",
        "--until=2027-01-01",
    )
    assert str(clerk.grants.get(region_code="33").valid_to) == "2027-01-01"


def test_grant_role_says_why_not(clerk):
    with pytest.raises(CommandError):
        run("access_grant_role", "nobody", "auditor")
    with pytest.raises(CommandError):
        run("access_grant_role", "clerk", "auditor")


def test_reset_factors_lets_the_only_administrator_back_in(sysadmin):
    assert "sysadmin" in run("access_reset_factors", "sysadmin")
    assert not queries.has_second_factor(sysadmin)
    with pytest.raises(CommandError, match="nobody"):
        run("access_reset_factors", "nobody")
