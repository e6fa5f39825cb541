from datetime import timedelta

import pytest

from jiangxin.foundation.jobs import worker
from jiangxin.foundation.jobs.daily import begin_due
from jiangxin.foundation.jobs.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


def shippings():
    return Job.objects.filter(kind="logs.ship")


def test_the_platform_ships_by_itself_every_few_minutes(
    happen, settings, tmp_path, now
):
    files = [tmp_path / "one", tmp_path / "other"]
    settings.JIANGXIN_LOG_TARGET = [str(file) for file in files]
    settings.JIANGXIN_LOG_MINUTES = 15
    happen()
    begin_due(now=now)
    begin_due(now=now + timedelta(hours=1))
    assert shippings().count() == 1, "one at a time"
    worker.work(until_idle=True)
    job = shippings().get()
    assert (job.state, job.problem) == ("done", "")
    assert files[0].read_text("utf-8") == files[1].read_text("utf-8")
    begin_due(now=now + timedelta(minutes=14))
    assert shippings().count() == 1
    begin_due(now=now + timedelta(minutes=15, seconds=1))
    assert shippings().count() == 2


def test_nothing_is_shipped_unless_a_target_is_set(settings, now):
    settings.JIANGXIN_LOG_TARGET = []
    begin_due(now=now)
    assert not shippings().exists()
