"""The service files: whole, in both languages, and tied to what they name."""

import pytest

from jiangxin.foundation.parts import brought
from jiangxin.kernel.access.roles import ROLES
from jiangxin.kernel.matters.registry import Known, OnGranted, services
from jiangxin.kernel.matters.rules.clock import LimitKind
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.operations.numbering import STEP
from jiangxin.programmes.service_window.rules import CHANGES, papers_for

OURS = [one for one in services() if one.code.startswith("service_window.")]
each = pytest.mark.parametrize("service", OURS, ids=lambda one: one.code)


def test_the_window_offers_what_it_is_there_for():
    assert {one.code for one in OURS} == {
        *registry.ISSUES,
        registry.CANCELLATION,
        registry.JOIN,
        registry.MOVE,
    }


@each
def test_every_service_does_something_when_granted(service):
    assert [one.service for one in brought(OnGranted) if one.service == service.code]


@each
def test_what_is_known_is_declared_for_the_same_subject(service):
    known = {one.key: one.subject for one in brought(Known)}
    for field in service.fields:
        if field.known_from:
            assert known[field.known_from] == service.subject, field.key


@each
def test_every_step_is_some_roles_work(service):
    held = {key for role in ROLES.values() for key in role.permissions}
    assert {step.permission for step in service.steps} <= held


@each
def test_every_limit_names_a_source_and_the_unsure_ones_say_so(service):
    for one in (service.acceptance, *service.limits):
        assert one.limit.source
        is_marked = one.is_demonstration or one.note is not None
        assert is_marked, one.limit
        assert one.is_demonstration == one.limit.source.startswith("演示值")


@each
def test_the_promise_is_shorter_than_the_law(service):
    days = {one.limit.kind: one.limit.days for one in service.limits}
    if LimitKind.STATUTORY in days:
        assert days[LimitKind.PROMISED] < days[LimitKind.STATUTORY]


@pytest.mark.parametrize("code", registry.ISSUES)
def test_what_ends_in_a_certificate_has_the_step_for_its_number(code):
    wanted = next(one for one in OURS if one.code == code)
    assert wanted.step(STEP) is not None
    assert wanted.handed_out is not None


def test_the_change_asks_for_what_the_rules_read():
    change = next(one for one in OURS if one.code == registry.CHANGE)
    assert all(change.field(key) for key in CHANGES.values())
    every = papers_for(dict.fromkeys(CHANGES, "x"))
    assert all(change.material(key) for key in every)
