"""A process that ships logs and is killed on the way.

    python -m tests.foundation.logs.killed_shipper TARGET MOMENT

MOMENT: "before_note", with a batch delivered and not noted; "after_note"; or
"in_writing", with half a batch in the file.
"""

import os
import signal
import sys

import django

BATCH = 10
NTH = 3


def main(address, moment):
    django.setup()
    from django.utils import timezone

    from jiangxin.foundation.logs import operations, targets

    operations.EVENTS_A_BATCH = BATCH
    seen = []

    def die():
        seen.append(1)
        if len(seen) == NTH:
            os.kill(os.getpid(), signal.SIGKILL)

    if moment == "before_note":
        note = operations._note
        operations._note = lambda *given: (die(), note(*given))
    if moment == "in_writing":
        targets.JsonLines.take = half_a_batch(targets, targets.JsonLines.take, die)
    after = die if moment == "after_note" else (lambda: None)
    operations.ship(address, now=timezone.now(), after_batch=after)


def half_a_batch(targets, take, die):
    def taken(self, entries):
        text = "".join(map(targets.line, entries)).encode()
        size = self.path.stat().st_size
        with self.path.open("ab") as file:
            file.write(text[: len(text) // 2])
        die()
        os.truncate(self.path, size)
        take(self, entries)

    return taken


if __name__ == "__main__":
    main(*sys.argv[1:])
