"""Who does not want to be told that a policy serves them. It changes nothing but that."""

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat

from jiangxin.kernel.notices.queries import choices

# The kind of notice: see `telling.py`.
NEWLY_SERVED = "policy.newly_served"


def subject_of(policy_code: str) -> str:
    """Return what a notice about a policy names as its subject."""
    return f"policy:{policy_code}"


def is_refused() -> Exists:
    """Return the condition on matches that the person refused to be told of them."""
    subject = Concat(Value(subject_of("")), OuterRef("policy_code"))
    refused = choices.standing().filter(
        Q(subject="") | Q(subject=subject),
        kind=NEWLY_SERVED,
        is_wanted=False,
        person=OuterRef("person"),
    )
    return Exists(refused)


def refuses(person_id: int, policy_code: str) -> bool:
    """Return whether a person does not want to be told of a policy."""
    subject = subject_of(policy_code)
    return bool(choices.refusing(NEWLY_SERVED, subject, {person_id}))
