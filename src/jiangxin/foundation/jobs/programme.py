"""What the jobs bring to the house."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.queries import jobs_finished_before
from jiangxin.foundation.parts import MenuItem, Part, Permission, erasure_of_rows

PART = Part(
    key="jobs",
    title=_("Jobs"),
    purpose=_("Long work that goes on in the background, and how far it is."),
    urls="jiangxin.foundation.jobs.urls",
    brings=(
        Permission(
            "jobs.view",
            _("See one's own jobs"),
            _("Shows the list of one's own background work in the menu."),
        ),
        Permission(
            "jobs.view_any",
            _("See and cancel anyone's jobs"),
            _("Looks after the background work of the whole platform."),
        ),
        erasure_of_rows("jobs", "jobs", _("Finished jobs"), jobs_finished_before),
        MenuItem(
            "desk",
            _("Jobs"),
            "jobs:job-list",
            "list-check",
            permission="jobs.view",
            order=900,
        ),
    ),
)
