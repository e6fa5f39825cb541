"""A new platform lets nobody in until its operator makes an account by hand."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from jiangxin.kernel.access.models import Account, RoleGrant

USUAL = ("admin", "administrator", "root", "system", "jiangxin", "test", "demo")
PREPARE = (
    "from django.core.management import call_command as call;"
    "import django; django.setup();"
    "call('migrate', verbosity=0); call('register_load_regions', verbosity=0);"
    "from jiangxin.kernel.access.models import Account;"
    "print('accounts:', Account.objects.count())"
)


@pytest.mark.django_db
def test_the_migrations_open_no_account_and_grant_nothing():
    assert not Account.objects.exists()
    assert not RoleGrant.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("username", USUAL)
def test_no_usual_name_and_password_signs_in(client, username):
    for password in ("", username, "password", "123456", "changeme"):
        answer = client.post("/sign-in/", {"username": username, "password": password})
        assert answer.status_code == 200
        assert authenticate(username=username, password=password) is None
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_each_first_password_is_made_for_the_occasion():
    """The only ways to a password: typed by the operator, or made and shown once."""
    said = []
    for username in ("one", "two"):
        out = StringIO()
        call_command(
            "access_create_account", username, "--generate-password", stdout=out
        )
        said.append(out.getvalue().split("once: ")[1].strip())
    assert len(set(said)) == 2
    stored = Account.objects.values_list("password", flat=True)
    assert not any(password in each for each in stored for password in said)


@pytest.mark.sqlite_only
def test_a_fresh_folder_has_no_account_after_the_set_up(tmp_path):
    """As an operator sets it up: its own folder, the real settings, no demonstration."""
    ours = {key for key in os.environ if key.startswith("JIANGXIN_")}
    environment = {key: os.environ[key] for key in os.environ.keys() - ours}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "jiangxin.project.settings",
        "JIANGXIN_VAR": str(tmp_path),
    }
    said = subprocess.run(
        [sys.executable, "-c", PREPARE],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines()[-1] == "accounts: 0"
