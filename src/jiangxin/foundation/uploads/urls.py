from django.urls import path

from jiangxin.foundation.uploads import views

app_name = "uploads"
urlpatterns = [
    path("uploads/", views.upload_begin, name="upload-begin"),
    path("uploads/<str:upload_key>/", views.upload_state, name="upload-state"),
    path("uploads/<str:upload_key>/piece/", views.upload_piece, name="upload-piece"),
    path("uploads/<str:upload_key>/finish/", views.upload_finish, name="upload-finish"),
    path(
        "uploads/<str:upload_key>/discard/",
        views.upload_discard,
        name="upload-discard",
    ),
    path("uploads/<str:upload_key>/file/", views.upload_file, name="upload-file"),
]
