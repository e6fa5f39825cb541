"""Whether a proof of capital is wanted is a matter of place and day, with its source."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from jiangxin.kernel.matters.registry import service, services
from jiangxin.kernel.matters.rules.local import LocalRule, wanted_at
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.declared import read_local_rules
from jiangxin.programmes.service_window.models import UnionCertificate
from jiangxin.programmes.service_window.operations import certificates
from jiangxin.programmes.service_window.operations.certificates import (
    LocalPaperMissing,
)

HERE = LocalRule(
    service=registry.FIRST,
    material="capital_proof",
    region_code="330726",
    since=date(2026, 1, 1),
    until=None,
    is_wanted=True,
    source="浦江县规定",
)


@pytest.fixture
def wanted_here(monkeypatch):
    monkeypatch.setattr(
        certificates, "local_rules", lambda _code: [*read_local_rules(), HERE]
    )


def test_each_rule_is_about_a_material_that_need_not_be_there_and_has_a_source():
    codes = {one.code for one in services()}
    for rule in read_local_rules():
        assert rule.service in codes
        materials = {one.key: one for one in service(rule.service).materials}
        assert not materials[rule.material].is_needed
        assert rule.source


@pytest.mark.parametrize(
    ("on", "count"), [(date(2020, 12, 31), 1), (date(2021, 1, 1), 0)]
)
def test_since_the_measures_of_2020_no_proof_of_capital_is_wanted(on, count):
    found = wanted_at(read_local_rules(), registry.FIRST, "330726", on)
    assert len(found) == count


@pytest.mark.django_db(transaction=True)
def test_where_it_is_wanted_no_certificate_is_granted_without_it(carry, wanted_here):
    with pytest.raises(LocalPaperMissing, match="浦江县规定"):
        carry(registry.FIRST)
    assert not UnionCertificate.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_handed_in_it_hinders_nothing(carry, wanted_here):
    carry(registry.FIRST, papers=["capital_proof"])
    assert UnionCertificate.objects.exists()


@pytest.mark.django_db
def test_the_guide_says_where_and_since_when_with_the_source(client):
    with translation.override("zh-hans"):
        url = reverse("matters:guide", args=[registry.FIRST])
        shown = client.get(url, headers={"accept-language": "zh-hans"}).content.decode()
    assert "验资证明" in shown
    assert "2021-01-01" in shown
    assert "总工办发〔2020〕20号" in shown
