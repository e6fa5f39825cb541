from datetime import date

from django.template import Context, Template
from django.utils import translation

from jiangxin.foundation.clock.wording import provisional_notice
from jiangxin.foundation.clock.working_days import Deadline

SURE = Deadline(date(2026, 11, 23))
PROVISIONAL = Deadline(date(2028, 1, 5), (2027, 2028))


def shown(template, deadline):
    with translation.override("en"):
        return Template("{% load clock %}" + template).render(Context({"d": deadline}))


def test_a_sure_deadline_is_shown_without_notice():
    assert shown("{% deadline d %}", SURE).strip() == (
        '<time class="deadline" datetime="2026-11-23">23 November 2026</time>'
    )
    assert shown("{{ d|deadline_text }}", SURE) == "23 November 2026"


def test_a_provisional_deadline_carries_its_notice():
    assert "without the published holiday notices of 2027, 2028" in shown(
        "{% deadline d %}", PROVISIONAL
    )
    assert shown("{{ d|deadline_text }}", PROVISIONAL).startswith("5 January 2028 (")


def test_one_missing_notice_is_spoken_of_as_one():
    with translation.override("en"):
        assert provisional_notice((2027,)) == (
            "Computed without the published holiday notice of 2027; it may move."
        )
        assert provisional_notice(()) == ""
