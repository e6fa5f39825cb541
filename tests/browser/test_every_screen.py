"""Every screen, in Chinese, on a desk's screen and on a phone's.

A new address is walked as soon as it is declared: by the first role that may open it.
"""

import re
from datetime import date

import pytest

from jiangxin.kernel.access.enums import Role, ScopeKind
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.access.roles import ADMINISTRATORS, ROLES
from tests.kernel.access.factors import give_factor
from tests.kernel.access.walking import addresses
from tests.samples import FIRM, HERE, arguments, make_records

# What builders see speaks of components, in English.
BUILDERS = {"web:styleguide"}
# What programmers read is described in English, and marked as English.
IN_ENGLISH = {"access:api-reference"}
# Shown only to whoever began it; the walks of certificates and uploads see these.
OF_WHO_BEGAN = {"uploads:upload-file", "uploads:upload-state", "credentials:batch"}
# The walk of the second factor opens these, at the step where they are to be seen.
STEPS = {"mfa_authenticate", "mfa_view_recovery_codes", "mfa_remove_webauthn"}
# There once an identity provider is set up.
PROVIDERS = {"openid_connect_login", "openid_connect_callback"}
# What an address asks for besides its arguments.
ASKED = {
    "credentials:credential-new": "?person={person_id}",
    "matters:matter-batch": "?matter={matter_id}:3",
}
# Roles stand in this order: what more of them may open is shown as the first sees it.
ROLES_IN_TURN = (None, Role.WORKER, Role.FEDERATION_OFFICER, *Role)

TEXTS = """() => {
  const named = ["aria-label", "placeholder", "title", "alt"];
  const hints = [...document.querySelectorAll(named.map((name) => `[${name}]`).join())]
    .flatMap((element) => named.map((name) => element.getAttribute(name) || ""));
  return [document.title, document.body.innerText, ...hints].join("\\n");
}"""
ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’]*(?:[ \t]+[A-Za-z][A-Za-z'’]*){2,}")
WORD = re.compile(r"(?<![\w.@/〔-])[A-Za-z]{3,}(?![\w.@/-])")
LENGTH_OF_A_CODE = 26
# Names of formats, of a language in itself, and sign-in names of these tests.
NOT_TO_TRANSLATE = {
    "JWT",
    "http",
    "JPEG",
    "PNG",
    "PDF",
    "PEM",
    "ZIP",
    "Excel",
    "CSV",
    "JSON",
    "TOTP",
    "English",
    "xlsx",
    "csv",
    "UTF",
    "somebody",
    "payroll",
}


@pytest.fixture
def account_of(now):
    """An account holding one role at the records; with no role, nobody."""

    def account(role, person_id, username=""):
        made = Account.objects.create(
            username=username or f"the-{role.value}",
            display_name=str(role.label),
            person_id=person_id if role == Role.WORKER else None,
            created_at=now,
        )
        place = {
            ScopeKind.REGION: {"region_code": HERE},
            ScopeKind.ORGANISATION: {"organisation_code": FIRM},
        }.get(ROLES[role].scope, {})
        RoleGrant.objects.create(
            account=made, role=role, valid_from=date(2026, 1, 1), **place
        )
        if role in ADMINISTRATORS:
            give_factor(made)
        return made

    return account


@pytest.fixture
def screens(client, account_of, now):
    """Pairs of an address's name and its URL, by the account that opens them."""
    records = make_records(now)
    person_id = records["person_id"]
    samples = arguments(
        records, account_of(Role.UNION_CLERK, None, username="somebody"), now
    )
    left = {
        address.name: address.url(samples)
        + ASKED.get(address.name, "").format_map(samples)
        for address in addresses()
    }
    found = {}
    for role in dict.fromkeys(ROLES_IN_TURN):
        account = account_of(role, person_id) if role else None
        client.logout()
        if account:
            client.force_login(account)
        opened = []
        for name, url in list(left.items()):
            answer = client.get(url)
            kind = answer.headers.get("Content-Type", "")
            if answer.status_code == 405 or (
                answer.status_code == 200 and not kind.startswith("text/html")
            ):
                del left[name]  # an act or a file, and no screen
            elif answer.status_code == 200:
                opened.append((name, left.pop(name)))
        found[account] = opened
    assert set(left) - BUILDERS - STEPS - PROVIDERS - OF_WHO_BEGAN == {"access:home"}, (
        "nobody opens these"
    )
    return found


def left_in_english(text):
    words = {
        word
        for word in WORD.findall(text)
        # A random code of 26 signs may have no digit in it.
        if word not in NOT_TO_TRANSLATE and len(word) < LENGTH_OF_A_CODE
    }
    return sorted({*ENGLISH.findall(text), *words})


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_every_screen_is_whole_and_chinese(request, screen, screens, sign_in, look):
    page = request.getfixturevalue(screen)
    problems = []
    for account, opened in screens.items():
        if account:
            sign_in(page, account)
        for name, url in opened:
            page.goto(url)
            try:
                look(page, name.replace(":", "-"))
            except AssertionError as found:
                problems.append(f"{name}: {found}")
            language = page.evaluate("document.documentElement.lang")
            if language != "zh-hans":
                problems.append(f"{name}: is in {language}")
            english = left_in_english(page.evaluate(TEXTS))
            if english and name not in IN_ENGLISH:
                problems.append(f"{name}: not translated: {english}")
    assert problems == []
