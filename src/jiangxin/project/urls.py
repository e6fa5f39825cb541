"""Addresses: each part brings its own, under the doors it serves."""

from django.urls import URLPattern, URLResolver, include, path

from jiangxin.foundation.parts import parts

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jiangxin.foundation.web.urls")),
    *(path("", include(part.urls)) for part in parts() if part.urls),
]
