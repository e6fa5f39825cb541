"""What becomes of notices when two records turn out to be of one person."""

from django.db.models import Exists, OuterRef

from jiangxin.foundation.db import needs_transaction
from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.register.registry import Merging


@needs_transaction
def keep_apart(merging: Merging) -> None:
    """Where both were told the same, let the kept person have it twice."""
    same = Notice.objects.filter(
        person=merging.kept_id,
        kind=OuterRef("kind"),
        subject=OuterRef("subject"),
        key=OuterRef("key"),
    )
    for notice in Notice.objects.filter(Exists(same), person=merging.merged_id):
        notice.key = f"merged:{notice.pk}"
        notice.save(update_fields=["key"])
