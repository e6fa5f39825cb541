"""The measured runs; see credentials, and credentials_apart for how they are begun."""

import json
import resource
import time
from collections.abc import Callable
from hashlib import sha256

import django

from benchmarks.report import Measure, peak_megabytes

django.setup()

from cryptography.hazmat.primitives import hashes, serialization  # noqa: E402 -- after setup
from cryptography.hazmat.primitives.asymmetric import ec  # noqa: E402 -- after setup
from django.utils import timezone  # noqa: E402 -- after setup
from openbadgeslib.ob3 import OB3Signer  # noqa: E402 -- after setup
from openvc.keys import Ed25519SigningKey  # noqa: E402 -- after setup
from openvc.proof.di_jcs import EddsaJcsProofSuite  # noqa: E402 -- after setup

from benchmarks.made_register import make_register  # noqa: E402 -- after setup
from jiangxin.foundation.actor import SYSTEM  # noqa: E402 -- after setup
from jiangxin.foundation.jobs.models import Job  # noqa: E402 -- after setup
from jiangxin.foundation.jobs.operations import start  # noqa: E402 -- after setup
from jiangxin.foundation.jobs.running import run  # noqa: E402 -- after setup
from jiangxin.kernel.credentials.enums import BatchForm  # noqa: E402 -- after setup
from jiangxin.kernel.credentials.jobs import ISSUE_BATCH  # noqa: E402 -- after setup
from jiangxin.kernel.credentials.models import (  # noqa: E402 -- after setup
    Credential,
    IssuedCredential,
)
from jiangxin.kernel.credentials.operations import take_seal  # noqa: E402 -- after setup
from jiangxin.kernel.credentials.operations.carrying import token_of  # noqa: E402 -- as above
from jiangxin.kernel.credentials.operations.certificates import (  # noqa: E402 -- as above
    certificate_facts,
)
from jiangxin.kernel.credentials.operations.keys import active_key  # noqa: E402 -- as above
from jiangxin.kernel.credentials.printing.making import in_processes  # noqa: E402 -- as above
from jiangxin.kernel.credentials.printing.typesetting import render  # noqa: E402 -- as above
from jiangxin.kernel.credentials.proofs import jose, multikey  # noqa: E402 -- after setup
from jiangxin.kernel.credentials.proofs.canonical import canonical  # noqa: E402 -- as above
from jiangxin.kernel.credentials.proofs.data_integrity import (  # noqa: E402 -- as above
    secure,
    timestamp,
)
from jiangxin.kernel.register.models import Person  # noqa: E402 -- after setup


def make(size: str) -> Measure:
    """Write so many people, each with a skill certificate on record."""
    now = timezone.now()
    make_register(int(size))
    since = now.date().replace(month=1, day=1)
    Credential.objects.bulk_create(
        Credential(
            person_id=pk,
            kind="skill_certificate",
            ladder="skill",
            grade=3,
            title="车工职业技能等级证书",
            issuer="某职业技能评价机构",
            issued_on=since,
            valid_from=since,
            recorded_at=now,
        )
        for pk in Person.objects.values_list("pk", flat=True)
    )
    return Measure("make", Credential.objects.count(), 0, peak_megabytes())


def ours() -> Measure:
    """The job as the worker runs it, then every token, which is made when asked for."""
    ids = list(Credential.objects.values_list("pk", flat=True))
    args = {"credential_ids": ids, "form": BatchForm.FILES.value}
    job = start(ISSUE_BATCH, args, actor=SYSTEM, now=timezone.now())
    batch = _timed(lambda: run(job.pk))
    done = Job.objects.get(pk=job.pk)
    assert done.result["made"] == len(ids), done.problem
    tokens = _timed(_all_tokens)
    return _measure("ours", len(ids), {"batch": batch, "tokens": tokens})


def _all_tokens() -> None:
    now = timezone.now()
    for issue in IssuedCredential.objects.select_related("key"):
        token_of(issue, now=now)


def floor() -> Measure:
    """Set the same certificates without seals, then sign the same bytes bare."""
    now = timezone.now()
    issues = list(IssuedCredential.objects.select_related("credential"))
    facts = [certificate_facts(each) for each in issues]
    pages: list[bytes] = []
    rendering = _timed(lambda: pages.extend(in_processes(render, facts)))
    key = multikey.private_key(active_key(now=now).private_part)
    seal = _seal_key()
    texts = [canonical(json.loads(each.document)) for each in issues]

    def sign() -> None:
        for text, page in zip(texts, pages, strict=True):
            key.sign(sha256(text).digest())
            key.sign(text)  # the token
            seal.sign(page, ec.ECDSA(hashes.SHA256()))

    parts = {"rendering": rendering, "signing": _timed(sign)}
    return _measure("floor", len(issues), parts)


def _seal_key() -> ec.EllipticCurvePrivateKey:
    seal = take_seal(actor=SYSTEM, now=timezone.now())
    text = seal.pair.private_key.encode()
    key = serialization.load_pem_private_key(text, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def peer() -> Measure:
    """Sign the same documents with openvc-core, and the same tokens with openbadgeslib.

    Neither keeps a register, sets a page or signs a PDF: this is their part of the work.
    """
    issues = list(IssuedCredential.objects.select_related("key"))
    private = multikey.private_key(active_key(now=timezone.now()).private_part)
    method = f"{issues[0].issuer}#{issues[0].key.public_part}"
    key = Ed25519SigningKey(private, kid=method)
    suite = EddsaJcsProofSuite()
    bare = [json.loads(each.document) for each in issues]
    for document in bare:
        del document["proof"]

    def proofs() -> None:
        for document in bare:
            suite.add_proof(document, signing_key=key, verification_method=method)

    raw = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    pem = private.private_bytes(*raw, serialization.NoEncryption())

    def tokens() -> None:
        signer = OB3Signer(pem, "EdDSA")
        for document in bare:
            signer.sign_payload(document)

    parts = {"proofs": _timed(proofs), "tokens": _timed(tokens)}
    return _measure("peer", len(issues), parts)


def same() -> Measure:
    """Our part of what the peer does: proofs and tokens of documents that are there."""
    issues = list(IssuedCredential.objects.select_related("key"))
    key = multikey.private_key(active_key(now=timezone.now()).private_part)
    method = f"{issues[0].issuer}#{issues[0].key.public_part}"
    bare = [json.loads(each.document) for each in issues]
    for document in bare:
        del document["proof"]
    created = timestamp(timezone.now())

    def proofs() -> None:
        for document in bare:
            secure(document, key=key, method=method, created=created)

    def tokens() -> None:
        for document in bare:
            jose.sign_token(document, key=key, method=method)

    parts = {"proofs": _timed(proofs), "tokens": _timed(tokens)}
    return _measure("ours alike", len(issues), parts)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return seconds by the clock, and of computing in this process and its children."""
    start, computed = time.perf_counter(), _computed()
    work()
    return time.perf_counter() - start, _computed() - computed


def _computed() -> float:
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    usage = [resource.getrusage(kind) for kind in kinds]
    return sum(one.ru_utime + one.ru_stime for one in usage)


def _measure(what: str, rows: int, parts: dict[str, tuple[float, float]]) -> Measure:
    detail = {name: round(seconds, 3) for name, (seconds, _cpu) in parts.items()}
    detail["cpu"] = round(sum(cpu for _seconds, cpu in parts.values()), 3)
    seconds = sum(seconds for seconds, _cpu in parts.values())
    return Measure(what, rows, seconds, peak_megabytes(), detail=detail)


RUNS: dict[str, Callable[..., Measure]] = {
    "make": make,
    "ours": ours,
    "floor": floor,
    "peer": peer,
    "same": same,
}
