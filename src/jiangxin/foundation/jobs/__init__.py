"""Long work done in the background, with progress, and done again when a worker dies.

A part declares a job in its `jobs.py` and names that function in its `brings`; anyone
begins it with `operations.start`. The queue is the django-tasks library; what it lacks
(retry, recovery of lost work, progress, cancelling) is here. See `models.Job`.
"""

from jiangxin.foundation.jobs.context import JobContext
from jiangxin.foundation.jobs.registry import job

__all__ = ["JobContext", "job"]
