"""Addresses of ratings."""

from django.urls import path

from jiangxin.kernel.ratings.views import desk, public

app_name = "ratings"
urlpatterns = [
    path("rate/<str:rating_token>/", public.rate, name="rate"),
    path("rate/<str:rating_token>/code.svg", public.code, name="code"),
    path("desk/ratings/", desk.rating_list, name="rating-list"),
    path("desk/ratings/<int:rating_id>/", desk.rating_detail, name="rating-detail"),
    path(
        "desk/ratings/<int:rating_id>/<slug:rating_act>/",
        desk.rating_act,
        name="rating-act",
    ),
]
