"""Addresses: each part brings its own, under the doors it serves."""

from django.urls import URLPattern, URLResolver, include, path

from jiangxin.foundation.parts import parts

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jiangxin.foundation.web.urls")),
    path("", include("jiangxin.kernel.access.library_urls")),
    *(path("", include(part.urls)) for part in parts() if part.urls),
]

handler400 = "jiangxin.foundation.web.failures.bad_request"
handler403 = "jiangxin.foundation.web.failures.permission_denied"
handler404 = "jiangxin.foundation.web.failures.page_not_found"
handler500 = "jiangxin.foundation.web.failures.server_error"
