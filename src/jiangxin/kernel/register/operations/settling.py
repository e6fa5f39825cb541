"""Making room before two people's rows become one person's."""

from collections.abc import Callable

from jiangxin.foundation.db import needs_transaction
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.register.models import BankAccount, Employment, Membership
from jiangxin.kernel.register.registry import Merging


def end_one_open(
    model: type[Employment | Membership], tie: str
) -> Callable[[Merging], None]:
    """Return what ends one of two open ties on the day of the merge.

    The merged person's, unless `tie` is taken from them. One that begins later than
    today, which only a roster's slip can make, ends as it begins.
    """

    @needs_transaction
    def settle(merging: Merging) -> None:
        ties = model.objects.filter(valid_to__isnull=True)
        kept = ties.filter(person=merging.kept_id).first()
        merged = ties.filter(person=merging.merged_id).first()
        if kept is None or merged is None:
            return
        ending = kept if tie in merging.taken else merged
        ending.valid_to = max(merging.on, ending.valid_from)
        ending.save(update_fields=["valid_to"])

    return settle


settle_employment = end_one_open(Employment, "employment")
settle_membership = end_one_open(Membership, "membership")


@needs_transaction
def settle_bank_account(merging: Merging) -> None:
    """End the merged person's account, if the kept one has their own."""
    open_ones = BankAccount.objects.filter(ended_at__isnull=True)
    if open_ones.filter(person=merging.kept_id).exists():
        open_ones.filter(person=merging.merged_id).update(ended_at=merging.at)


@needs_transaction
def settle_account(merging: Merging) -> None:
    """Let the merged person's account go without a record, if the kept has one too."""
    if Account.objects.filter(person_id=merging.kept_id).exists():
        Account.objects.filter(person_id=merging.merged_id).update(person_id=None)
