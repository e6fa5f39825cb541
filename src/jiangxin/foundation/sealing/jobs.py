"""Moving everything that is sealed to the active key, in the background."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.context import JobContext, stopping
from jiangxin.foundation.jobs.registry import job
from jiangxin.foundation.parts import brought
from jiangxin.foundation.sealing import ring
from jiangxin.foundation.sealing.files import SealedFiles, reseal_file
from jiangxin.foundation.sealing.problems import SealBroken
from jiangxin.foundation.sealing.resealing import count_by_key, reseal, sealed_fields

RESEAL_ALL = "sealing.reseal_all"
MOST_PASSES = 20
SECONDS_TO_NOTICE = ring.SECONDS_BETWEEN_LOOKS * 1.5


@job(RESEAL_ALL, title=_("Seal personal data with the new key"))
def reseal_all(context: JobContext) -> dict[str, Any]:
    """Go over all values until none is left; over files once.

    First every process is given the time to notice the new key. A transaction that
    began before may still leave values of an old key behind a pass: so another follows.
    """
    ring.forget()
    stopping.wait(SECONDS_TO_NOTICE)
    done = 0
    for _pass in range(MOST_PASSES):
        resealed, broken = _values(context)
        done += resealed
        left = count_left()
        if left <= broken or context.is_cancelled():
            break
        stopping.wait(SECONDS_TO_NOTICE)
    files, broken_files = _files(context)
    return {
        "values": done,
        "left": left,
        "broken": broken,
        "files": files,
        "broken_files": broken_files,
    }


def count_left() -> int:
    """Return how many values are not sealed with the active key."""
    active = ring.current().active.id
    return sum(
        count
        for field in sealed_fields()
        for key_id, count in count_by_key(field).items()
        if key_id != active
    )


def _values(context: JobContext) -> tuple[int, int]:
    total, done, broken = max(count_left(), 1), 0, 0
    for field in sealed_fields():
        for batch in reseal(field):
            done += batch.done
            broken += batch.broken
            # Never all: the pass is over only when nothing more is found.
            context.progress(min(done, total - 1), total, _("Sealing values anew"))
            if context.is_cancelled():
                return done, broken
    return done, broken


def _files(context: JobContext) -> tuple[int, int]:
    files = [each for kept in brought(SealedFiles) for each in kept.files()]
    resealed = broken = 0
    for number, (path, purpose) in enumerate(files, 1):
        if context.is_cancelled():
            break
        try:
            resealed += reseal_file(path, purpose=purpose)
        except SealBroken:
            broken += 1
        context.progress(number, len(files), _("Sealing files anew"))
    return resealed, broken
