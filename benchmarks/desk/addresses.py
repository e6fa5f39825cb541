"""The floor, an address that asks nothing; the peer; and whether the night's jobs are done."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from benchmarks.desk.admin import SITE
from jiangxin.foundation.jobs.enums import FINISHED
from jiangxin.foundation.jobs.models import Job


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok")


def idle(_request: HttpRequest) -> HttpResponse:
    """Whether the worker is through with what a first start makes up for."""
    is_at_work = Job.objects.exclude(state__in=FINISHED).exists()
    is_idle = Job.objects.exists() and not is_at_work
    return HttpResponse(status=200 if is_idle else 503)


urlpatterns = [
    path("empty/", empty),
    path("idle/", idle),
    path("admin/", SITE.urls),
    path("", include("jiangxin.project.urls")),
]
