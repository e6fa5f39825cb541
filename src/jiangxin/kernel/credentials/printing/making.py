"""Many signed certificates at once, on as many cores as there are."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from jiangxin.kernel.credentials.printing.facts import CertificateFacts
from jiangxin.kernel.credentials.printing.signing import Seal, sign
from jiangxin.kernel.credentials.printing.typesetting import render

# A process takes half a second to begin; for fewer the wait is longer than the work.
FEWEST_FOR_PROCESSES = 40
AT_ONCE = 10


def make(facts: CertificateFacts, seal: Seal) -> bytes:
    """Return one signed certificate."""
    return sign(render(facts), seal)


def make_many(certificates: Sequence[CertificateFacts], seal: Seal) -> Iterator[bytes]:
    """Yield signed certificates in the order given."""
    yield from in_processes(partial(make, seal=seal), certificates)


def in_processes(
    work: Callable[[CertificateFacts], bytes], certificates: Sequence[CertificateFacts]
) -> Iterator[bytes]:
    """Yield what `work` makes of each, in order.

    Signing is Python that threads cannot share, so large batches go to processes. They
    know no database and no settings: facts in, bytes out.
    """
    cores = os.cpu_count() or 1
    if len(certificates) < FEWEST_FOR_PROCESSES or cores == 1:
        yield from map(work, certificates)
        return
    with ProcessPoolExecutor(min(cores, 8), mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, certificates, chunksize=AT_ONCE)
