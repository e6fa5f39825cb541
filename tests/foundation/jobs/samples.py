"""Jobs that exist only in tests; worker processes of tests import them too."""

import os
import threading
import time
from pathlib import Path

from django.db import OperationalError

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.jobs import JobContext, job

ran = []


class TooMany(Refused):
    code = "tests.too_many"
    text = "There are %(count)s, which is too many."


@job("tests.add", title="Add two numbers")
def add(context: JobContext, *, left: int, right: int):
    ran.append(context.job_id)
    context.progress(1, 2, "Adding")
    context.progress(2, 2)
    return {"sum": left + right, "url": "/sum/"}


@job("tests.refuse")
def refuse(context: JobContext):
    raise TooMany(count=7)


@job("tests.break")
def break_down(context: JobContext):
    raise RuntimeError("the secret of 330726199001010016")


@job("tests.unkeepable")
def unkeepable(context: JobContext):
    return {"what": object()}


@job("tests.busy")
def busy(context: JobContext):
    raise OperationalError("database is locked")


@job("tests.stop_when_cancelled")
def stop_when_cancelled(context: JobContext):
    while not context.is_cancelled():
        time.sleep(0.01)
    return {"until": "cancelled"}


@job("tests.cancel_meanwhile")
def cancel_meanwhile(context: JobContext):
    from jiangxin.foundation.jobs import board

    assert not context.is_cancelled()
    board.ask_to_cancel(context.job_id)
    context.raise_if_cancelled()


@job("tests.go_on")
def go_on(context: JobContext):
    """Make steps for ever, as a job does that is stopped by its worker."""
    for step in range(10**9):
        context.progress(step, 10**9)


@job("tests.record_once")
def record_once(context: JobContext, *, folder: str):
    """Record an event in a long transaction; hang before its end the first time."""
    from django.db import transaction

    from jiangxin.foundation.trail.operations import record
    from tests.foundation.trail.samples import Closed

    with transaction.atomic():
        record(Closed(), subject="job:1", actor=context.actor, at=context.now)
        context.progress(1, 2, "Half done")
        with (Path(folder) / "attempts").open("a") as file:
            file.write(f"{os.getpid()}\n")
        if context.attempt == 1:
            threading.Event().wait(120)
    return {"attempt": context.attempt}
