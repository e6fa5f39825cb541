"""The floor, an address that asks nothing; and the peer, Django's admin of matters."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from benchmarks.desk.admin import SITE


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok")


urlpatterns = [
    path("empty/", empty),
    path("admin/", SITE.urls),
    path("", include("jiangxin.project.urls")),
]
