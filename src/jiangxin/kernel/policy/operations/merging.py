"""What becomes of matches when two records turn out to be of one person."""

from jiangxin.foundation.db import needs_transaction
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.register.registry import Merging


@needs_transaction
def end_one_of_two(merging: Merging) -> None:
    """Where a policy serves both, leave the match open that began first."""
    is_open = PolicyMatch.objects.filter(
        person__in=(merging.kept_id, merging.merged_id), valid_to__isnull=True
    )
    seen: set[str] = set()
    for match in is_open.order_by("valid_from", "pk"):
        if match.policy_code in seen:
            match.valid_to = max(merging.on, match.valid_from)
            match.save(update_fields=["valid_to"])
        seen.add(match.policy_code)
