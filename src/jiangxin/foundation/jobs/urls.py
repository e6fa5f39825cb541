from django.urls import path

from jiangxin.foundation.jobs import views

app_name = "jobs"
urlpatterns = [
    path("desk/jobs/", views.job_list, name="job-list"),
    path("desk/jobs/<int:job_id>/", views.job_detail, name="job-detail"),
    path("desk/jobs/<int:job_id>/cancel/", views.job_cancel, name="job-cancel"),
]
