"""Addresses with nothing behind them, for menus and frames."""

from django.http import HttpResponse
from django.urls import include, path


def nothing(request):
    return HttpResponse()


urlpatterns = [
    path("", include("jiangxin.foundation.web.urls")),
    path("desk/", nothing, name="home"),
    path("desk/people/", nothing, name="people"),
    path("desk/people/firms/", nothing, name="firms"),
    path("desk/accounts/", nothing, name="accounts"),
    path("portal/", nothing, name="mine"),
]
