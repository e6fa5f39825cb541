"""What the data files lay down, and that everything used is laid down."""

from datetime import date, timedelta

import pytest

from jiangxin.kernel.privacy import declared
from jiangxin.kernel.privacy.enums import ConsentPurpose
from tests.architecture.tree import our_models

ON = date(2026, 11, 23)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_retention_of_each_model_is_laid_down(model):
    assert declared.period(model.Personal.retention, on=ON)


@pytest.mark.parametrize("key", declared.periods())
def test_each_period_says_why_and_since_when_in_order(key):
    values = declared.periods()[key]
    assert all(each.why for each in values)
    assert [each.since for each in values] == sorted({each.since for each in values})
    assert all(each.days is None or each.days > 0 for each in values)


@pytest.mark.parametrize("key", declared.LOGS)
@pytest.mark.parametrize("month", range(1, 13))
def test_logs_are_kept_for_six_months_whenever_these_begin(key, month):
    begin = date(2026, month, 1)
    end = date(2026 + (month > 6), (month + 5) % 12 + 1, 1)
    kept = declared.period(key, on=begin)
    assert kept.length is None or begin + kept.length >= end
    assert begin + timedelta(days=declared.limit(declared.LOG_DAYS, on=ON)) >= end


@pytest.mark.parametrize("key", declared.LOGS)
@pytest.mark.parametrize(("days", "is_refused"), [(183, True), (184, False)])
def test_a_log_is_refused_less_than_six_months(key, days, is_refused, monkeypatch):
    given = [declared.Period(date(2020, 1, 1), days, "why", "source")]
    monkeypatch.setitem(declared.periods(), key, given)
    if is_refused:
        with pytest.raises(declared.KeptTooShort, match="the law demands 184"):
            declared.period(key, on=ON)
    else:
        assert declared.period(key, on=ON).days == days


@pytest.mark.parametrize("purpose", ConsentPurpose)
def test_each_notice_is_there_in_both_languages(purpose):
    for notice in declared.notices()[purpose]:
        assert set(notice.texts) == {"zh", "en"}
        assert all(words["title"] and words["text"] for words in notice.texts.values())


@pytest.mark.parametrize("purpose", ConsentPurpose)
def test_versions_of_a_notice_differ(purpose):
    versions = [each.version for each in declared.notices()[purpose]]
    assert len(versions) == len(set(versions))


def test_limits_are_those_of_the_day():
    assert declared.limit(declared.VIEWS_A_DAY, on=ON) == 30
    assert declared.limit(declared.ROWS_WITHOUT_REASON, on=ON) == 200


@pytest.mark.parametrize("purpose", ConsentPurpose)
def test_no_space_stands_between_chinese_words(purpose):
    for notice in declared.notices()[purpose]:
        assert not any(" " in text for text in notice.texts["zh"].values())
