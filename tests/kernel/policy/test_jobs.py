import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.jobs import match_all
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.policy.registry import policies_about
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW


class Context:
    """What a worker gives a job, as far as this one asks."""

    now = NOW

    def __init__(self):

        self.actor = SYSTEM
        self.told = []

    def raise_if_cancelled(self):
        self.told.append("asked")

    def progress(self, done, total=0, stage=""):
        self.told.append((done, total))


@pytest.mark.django_db(transaction=True)
def test_job_matches_everybody_and_tells_how_far_it_is():
    making.certify(making.person(), 5)
    context = Context()
    result = match_all(context)
    count = len(policies_about(Subject.PERSON))
    steps = [("asked", (done, count)) for done in range(count)]
    assert context.told == [one for step in steps for one in step]
    assert result["counts"]["craftsmen.highly_skilled_worker"]["gained"] == 1
    assert MatchRun.objects.get().reason == "policy.match_all"
    assert PolicyMatch.objects.count() == 1
