"""A renewal is begun from the certificate: what it says is filled in already."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.matters.enums import Channel
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.drafting import (
    Contact,
    MatterAlreadyOpen,
    save_draft,
    submit_matter,
)
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.models import UnionCertificate
from jiangxin.programmes.service_window.operations.renewing import (
    NotRenewable,
    begin_renewal,
)
from tests.programmes.service_window.conftest import (
    ANSWERS,
    CHAIR,
    FAR_WINDOW,
    NOBODY,
    WINDOW,
    fresh,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def certificate(carry):
    carry(registry.FIRST, days={"valid_to": date(2031, 11, 22)})
    return UnionCertificate.objects.get()


@pytest.fixture
def renew(certificate, now):
    def renewed(actor=CHAIR, token=None, of=certificate):
        return begin_renewal(
            certificate_id=of.pk, token=token or uuid4(), actor=actor, now=now
        )

    return renewed


def test_the_draft_says_what_the_certificate_says_and_the_term_that_follows(
    certificate, renew
):
    matter = fresh(renew())
    assert matter.service == registry.RENEWAL
    assert matter.channel == Channel.ONLINE
    expected = {
        "legal_representative": "李明",
        "domicile": "北镇人民路1号",
        "term_from": "2031-11-23",
        "term_years": "5",
    }
    assert expected.items() <= matter.answers.items()
    assert not matter.answers.get("approval_number")


def test_the_window_begins_it_for_a_union_that_came(renew):
    assert renew(WINDOW).channel == Channel.WINDOW


def test_sent_twice_it_begins_once_and_keeps_what_was_typed(renew, now):
    token = uuid4()
    matter = renew(token=token)
    save_draft(
        matter_id=matter.pk,
        answers={"legal_representative": "周敏"},
        actor=CHAIR,
        now=now,
    )
    assert renew(token=token).pk == matter.pk
    assert fresh(matter).answers["legal_representative"] == "周敏"
    assert Matter.objects.filter(service=registry.RENEWAL).count() == 1


def test_a_renewal_under_way_is_not_begun_again(renew, certificate, now):
    matter = renew(WINDOW)
    submit_matter(
        matter_id=matter.pk,
        seen=fresh(matter).version,
        answers=ANSWERS[registry.RENEWAL],
        contact=Contact("李主席", "13800138000"),
        actor=WINDOW,
        now=now,
    )
    with pytest.raises(MatterAlreadyOpen):
        renew(WINDOW)


def test_what_was_replaced_is_not_renewed(certificate, renew, carry, now):
    later = now + timedelta(days=1)
    carry(registry.REISSUE, "ZJ-002", at=later)
    certificate.refresh_from_db()
    with pytest.raises(NotRenewable):
        renew()


@pytest.mark.parametrize("actor", [FAR_WINDOW, NOBODY])
def test_others_do_not_find_it(renew, actor):
    with pytest.raises(NotFound):
        renew(actor)
    assert not Matter.objects.filter(service=registry.RENEWAL).exists()
