import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.access import operations, rules
from jiangxin.kernel.access.models import Account


@pytest.mark.parametrize(
    ("password", "kinds"),
    [
        ("", 0),
        ("abc", 1),
        ("abC", 2),
        ("abC1", 3),
        ("abC1-", 4),
        ("密码", 1),
        ("٣a", 2),
    ],
)
def test_character_kinds_counts_each_kind_once(password, kinds):
    assert rules.character_kinds(password) == kinds


@given(st.text(), st.text())
def test_character_kinds_never_falls_when_a_password_grows(one, other):
    assert rules.character_kinds(one + other) >= rules.character_kinds(one)


def test_new_password_holds_three_kinds():
    assert all(rules.character_kinds(rules.new_password()) >= 3 for _ in range(200))


@pytest.mark.django_db
def test_a_new_database_holds_no_account_and_so_no_password():
    assert not Account.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", ["short-1A", "only-small-letters", "ONLYCAPITALS", "123456789012"]
)
def test_a_password_too_weak_is_refused(clerk, now, password):
    with pytest.raises(operations.PasswordTooWeak):
        operations.set_password(
            account_id=clerk.pk, password=password, actor=SYSTEM, now=now
        )


@pytest.mark.django_db
def test_none_of_the_last_five_passwords_is_taken_again(clerk, now):
    def change(password):
        operations.set_password(
            account_id=clerk.pk, password=password, actor=SYSTEM, now=now
        )

    passwords = [f"Password-number-{number}" for number in range(6)]
    for password in passwords:
        change(password)
    for password in passwords[1:]:
        with pytest.raises(operations.PasswordTooWeak):
            change(password)
    assert clerk.past_passwords.count() == rules.PASSWORDS_REMEMBERED
    change(passwords[0])


@pytest.mark.django_db
def test_past_passwords_are_kept_as_hashes(clerk, now):
    operations.set_password(
        account_id=clerk.pk, password="Password-number-1", actor=SYSTEM, now=now
    )
    kept = clerk.past_passwords.values_list("password", flat=True)
    assert not any("Password" in each for each in kept)
