"""The whole server is killed again and again while people act and files come in."""

import hashlib
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from json import loads
from threading import Event
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from jiangxin.foundation.trail.models import TrailEvent
from jiangxin.foundation.uploads import operations
from jiangxin.foundation.uploads.models import Upload
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.matters.models import Matter
from tests.foundation.uploads.samples import pdf
from tests.kernel.matters.served import FORM, Person, Served
from tests.kernel.register.cast import COUNTY, id_number

pytestmark = pytest.mark.django_db(transaction=True)

DEATHS = 3
LONGEST_LIFE = 2.0  # seconds
PIECE = 50_000
SERVICE = "service_window.join_union"
# What happens to each matter, in this order; each but the last opens the next.
WAY = (
    "begun",
    "submitted",
    "accepted",
    "supplement_asked",
    "supplemented",
    "step_done",
    "granted",
)


class Clerk(Person):
    """Carries one worker after the other from the first word to the membership.

    told: how many acts on each matter were confirmed. Before its first confirmation
    a matter is known by whom it is about.
    """

    def __init__(self, served, account, workers):
        super().__init__(served, account)
        self.workers = workers
        self.told = {}

    def work(self, enough):
        for worker in self.workers:
            if enough.is_set():
                break
            self.carry(worker)

    def carry(self, worker):
        fill = self.do(
            f"/desk/services/{SERVICE}/",
            token=uuid4(),
            person=worker,
            channel="window",
        )
        number = int(fill.split("/")[3])
        self.told[number] = 1
        desk = f"/desk/matters/{number}"
        typed = {
            "phone": "13800138000",
            "union": "U-NORTH",
            "wish": "on",
            "contact_name": "王芳",
            "contact_phone": "13800138000",
            "do": "submit",
        }
        for url, given in (
            (fill, typed),
            (f"{desk}/accept/", {}),
            (f"{desk}/supplements/", {"field__union": "请写明工会"}),
            (fill, {"union": "U-NORTH", "do": "submit"}),
            (f"{desk}/step/", {"note": "已核实"}),
            (f"{desk}/grant/", {"note": ""}),
        ):
            assert self.do(url, seen=self.told[number], **given) != fill
            self.told[number] += 1


class Sender(Person):
    """Sends one file after the other, in pieces.

    told: how far each file was confirmed, by its fingerprint.
    """

    def __init__(self, served, account):
        super().__init__(served, account)
        self.told, self.files, self.kept = {}, {}, {}

    def work(self, enough):
        while not enough.is_set():
            fingerprint = f"{id(self)}-{len(self.files)}"
            self.files[fingerprint] = pdf(500_000 + len(self.files))
            self.told[fingerprint] = 0
            self.kept[fingerprint] = self.insist(self.send, fingerprint)

    def send(self, fingerprint):
        """Begin or go on, and finish; return the address of the file."""
        content = self.files[fingerprint]
        given = {
            "kind": "tests.paper",
            "name": "劳动合同.pdf",
            "size": len(content),
            "fingerprint": fingerprint,
        }
        begun = self.read("POST", "/uploads/", urlencode(given), FORM)
        url, start = begun["url"], begun["received"]
        # What was confirmed is there; the piece that was on its way, whole or not.
        assert start - self.told[fingerprint] in {
            0,
            min(PIECE, len(content) - self.told[fingerprint]),
        }
        while start < len(content):
            piece = content[start : start + PIECE]
            start = self.read("POST", f"{url}piece/?start={start}", piece)["received"]
            self.told[fingerprint] = start
        self.read("POST", f"{url}finish/")
        return f"{url}file/"

    def read(self, *request):
        status, _leads_to, said = self.ask(*request)
        assert status == 200, said[:500]
        return loads(said)


@pytest.fixture
def account(now):
    def make(username):
        made = Account.objects.create(username=username, created_at=now)
        RoleGrant.objects.create(
            account=made,
            role="window_clerk",
            valid_from=date(2026, 1, 1),
            region_code=COUNTY,
        )
        return made

    return make


@pytest.fixture
def served(made_up_people, tmp_path):
    served = Served(tmp_path)
    yield served
    served.kill()


@pytest.fixture
def clerks(served, firms, make_person, account):
    for serial in range(80):
        make_person(serial, employer=firms.north)
    return [
        Clerk(served, account(name), [id_number(serial) for serial in serials])
        for name, serials in (("chen", range(40)), ("zhou", range(40, 80)))
    ]


def check_matters(clerks, *, all_told=False):
    """Whatever was confirmed is there once; what was not, wholly or not at all."""
    told = {number: acts for clerk in clerks for number, acts in clerk.told.items()}
    matters = {matter.pk: matter for matter in Matter.objects.all()}
    assert set(told) <= set(matters)
    assert len(matters) <= len(told) + (0 if all_told else len(clerks))
    for number, matter in matters.items():
        acts = list(matter.acts.order_by("sequence"))
        done = [act.kind for act in acts]
        assert done == list(WAY[: len(done)])
        assert [act.sequence for act in acts] == list(range(1, len(done) + 1))
        assert len(done) - told.get(number, 0) in ({0} if all_told else {0, 1})
        assert (matter.version, matter.state) == (len(done), acts[-1].state_after)
        events = TrailEvent.objects.filter(subject=f"matter:{number}")
        assert events.count() == len(done)
        # The other tables of an act go with it.
        assert matter.notices.count() == ("supplement_asked" in done)
        is_waiting = done[-1] == "supplement_asked"
        assert matter.stops.filter(until_at=None).count() == is_waiting
        assert matter.is_waiting == is_waiting
        joined = matter.person.memberships.count()
        assert joined == ("granted" in done)


def check_uploads(sender, *, all_told=False):
    """Nothing confirmed is lost; the next piece is there as a whole or not at all."""
    uploads = {upload.fingerprint: upload for upload in Upload.objects.all()}
    assert len(uploads) == Upload.objects.count()
    for fingerprint, told in sender.told.items():
        if fingerprint not in uploads:
            assert told == 0
            continue
        there = operations.received(uploads[fingerprint])
        rest = len(sender.files[fingerprint]) - told
        assert there - told in ({0} if all_told else {0, min(PIECE, rest)})


def test_what_was_confirmed_outlives_the_server_and_is_there_once(
    served, clerks, account
):
    sender = Sender(served, account("sun"))
    served.serve()
    enough = Event()
    with ThreadPoolExecutor() as pool:
        working = [pool.submit(one.work, enough) for one in (*clerks, sender)]
        try:
            for _death in range(DEATHS):
                time.sleep(random.uniform(0.2, LONGEST_LIFE))  # noqa: S311 -- a moment
                served.kill()
                check_matters(clerks)
                check_uploads(sender)
                served.serve()
        except BaseException:
            served.is_lost.set()
            raise
        finally:
            enough.set()
        for one in working:
            one.result()
    assert all(person.unanswered for person in (*clerks, sender))
    check_matters(clerks, all_told=True)
    check_uploads(sender, all_told=True)
    assert {acts for clerk in clerks for acts in clerk.told.values()} == {len(WAY)}
    for fingerprint, url in sender.kept.items():
        _status, _leads_to, said = sender.ask("GET", url)
        expected = hashlib.sha256(sender.files[fingerprint]).hexdigest()
        assert hashlib.sha256(said).hexdigest() == expected
    verified = served.run("trail", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
