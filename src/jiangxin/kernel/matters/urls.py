"""Addresses of matters. An applicant's are the same at both doors."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from jiangxin.kernel.matters.views import (
    batching,
    desk,
    filing,
    forecasting,
    own,
    public,
    queue,
)
from jiangxin.kernel.matters.views.doors import DOORS

app_name = "matters"


def _at_each_door() -> Iterator[URLPattern]:
    for door in DOORS:
        here = {"door": door}
        for address, view, name in (
            ("services/", filing.service_list, "services"),
            ("services/<str:service_code>/", filing.begin, "begin"),
            ("applications/", own.filing_list, "filings"),
            ("applications/<int:matter_id>/", own.filing, "filing"),
            ("applications/<int:matter_id>/fill/", filing.fill, "fill"),
            ("applications/<int:matter_id>/clock/", own.filing_proof, "filing-proof"),
            ("applications/<int:matter_id>/receipt/", own.receipt, "receipt"),
            (
                "applications/<int:matter_id>/withdraw/",
                own.filing_withdraw,
                "filing-withdraw",
            ),
            (
                "applications/<int:matter_id>/delete/",
                own.filing_delete,
                "filing-delete",
            ),
        ):
            yield path(f"{door}/{address}", view, here, name=f"{door}-{name}")


urlpatterns: list[URLPattern] = [
    path("services/", public.guide_list, name="guide-list"),
    path("services/<str:service_code>/", public.guide, name="guide"),
    path("status/", public.status, name="status"),
    path("desk/matters/", queue.matter_list, name="matter-list"),
    path("desk/matters/queue/<slug:queue>/", queue.matter_list, name="matter-queue"),
    path("desk/matters/forecast/", forecasting.matter_forecast, name="forecast"),
    path("desk/matters/batch/<slug:act>/", batching.matter_batch, name="matter-batch"),
    path("desk/matters/<int:matter_id>/", desk.matter_detail, name="matter-detail"),
    path("desk/matters/<int:matter_id>/clock/", desk.matter_proof, name="matter-proof"),
    path(
        "desk/matters/<int:matter_id>/<slug:act>/", desk.matter_act, name="matter-act"
    ),
    path("materials/<int:material_id>/", own.material_open, name="material-open"),
    *_at_each_door(),
]
