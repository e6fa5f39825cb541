"""What is kept of the use of somebody's data moves with a merge and comes back with its
undo; and no other table is left changed.
"""

from jiangxin.foundation.trail.models import TrailEvent
from jiangxin.foundation.trail.verification import verify
from jiangxin.kernel.policy.models import ChangedPeople, MatchRun, PolicyText
from jiangxin.kernel.privacy.models import Consent, DataRequest, PersonalDataView
from jiangxin.kernel.register.models import MergeStep, PersonMerge
from jiangxin.kernel.register.operations.merging import TAKEABLE
from tests.architecture.tree import our_models
from tests.kernel.register.operations.test_merging import merge, two, undo

__all__ = ["two"]

ACCOUNT = (PersonalDataView, Consent, DataRequest)
# Every table but those that tell of the merge itself, and that policies were matched.
TELLING = {
    *(PersonMerge, MergeStep, TrailEvent),
    *(MatchRun, ChangedPeople, PolicyText),
}


def rows_of(model):
    names = [field.attname for field in model._meta.concrete_fields]
    return {
        row.pk: {name: getattr(row, name) for name in names}
        for row in model._base_manager.all()
    }


def all_tables():
    return {
        model._meta.label: rows_of(model)
        for model in our_models()
        if model not in TELLING
    }


def keep_account(person, now, *, answered):
    PersonalDataView.objects.create(
        person=person, value="phone", purpose="contact", note="to call", seen_at=now
    )
    Consent.objects.create(
        person=person, purpose="bank", version="1", is_given=not answered, at=now
    )
    DataRequest.objects.create(
        person=person,
        kind="correction",
        text="my name",
        asked_at=now,
        state="granted" if answered else "waiting",
        answered_at=now if answered else None,
    )


def test_the_account_of_personal_data_follows_and_comes_back(two, now):
    kept, merged = two
    keep_account(kept, now, answered=False)
    keep_account(merged, now, answered=True)
    before, told = all_tables(), rows_of(TrailEvent)
    made = merge(kept, merged, now, taken=TAKEABLE)
    for model in ACCOUNT:
        assert model.objects.filter(person=kept).count() == 2
    undo(made, now)
    assert all_tables() == before
    after = rows_of(TrailEvent)
    assert {key: after[key] for key in told} == told
    assert verify().is_sound
