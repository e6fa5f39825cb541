from django.urls import path

from jiangxin.foundation.web import views

app_name = "web"

urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
