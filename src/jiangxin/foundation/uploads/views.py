"""What the upload script asks; people without scripts send their files with the form."""

from collections.abc import Callable
from functools import wraps
from pathlib import PurePath
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.uploads import operations, queries
from jiangxin.foundation.uploads.enums import FileFormat, UploadState
from jiangxin.foundation.uploads.models import Upload
from jiangxin.foundation.uploads.registry import ENDINGS, upload_kind
from jiangxin.foundation.web import Request

View = Callable[..., HttpResponseBase]


def answers_json(view: View) -> View:
    """Answer refusals as the script reads them: a code and a sentence."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            answer = {"code": refusal.code, "message": refusal.message}
            return JsonResponse(answer, status=409)

    return inner


@require_POST
@login_required
@answers_json
def upload_begin(request: Request) -> HttpResponseBase:
    size = request.POST.get("size", "")
    try:
        kind = upload_kind(request.POST.get("kind", ""))
        size_bytes = int(size) if size.isascii() and size.isdigit() else -1
    except KeyError:
        raise NotFound from None
    upload = operations.begin(
        kind=kind,
        name=request.POST.get("name", ""),
        size_bytes=size_bytes,
        fingerprint=request.POST.get("fingerprint", "")[:64],
        actor=request.actor,
        now=request.now,
    )
    return _told(upload)


@require_GET
@login_required
def upload_state(request: Request, upload_key: str) -> HttpResponseBase:
    return _told(queries.get_upload(upload_key, visible_to=request.actor))


@require_POST
@login_required
@answers_json
def upload_piece(request: Request, upload_key: str) -> HttpResponseBase:
    start = request.GET.get("start", "")
    length = operations.add_piece(
        key=upload_key,
        start=int(start) if start.isascii() and start.isdigit() else -1,
        content=request.body,
        actor=request.actor,
    )
    return JsonResponse({"received": length})


@require_POST
@login_required
@answers_json
def upload_finish(request: Request, upload_key: str) -> HttpResponseBase:
    upload = operations.finish(key=upload_key, actor=request.actor, now=request.now)
    row = {"upload": upload, "field": request.POST.get("field", ""), "request": request}
    return JsonResponse({"row": render_to_string("uploads/_upload.html", row)})


@require_POST
@login_required
def upload_discard(request: Request, upload_key: str) -> HttpResponseBase:
    operations.discard(key=upload_key, actor=request.actor)
    return JsonResponse({})


@require_GET
@login_required
def upload_file(request: Request, upload_key: str) -> HttpResponseBase:
    upload = queries.get_upload(upload_key, visible_to=request.actor)
    if upload.state != UploadState.KEPT:
        raise NotFound
    return file_response(upload)


def file_response(upload: Upload) -> FileResponse:
    """Answer with the file, to be saved, under a name that ends as its content does."""
    ending = ENDINGS[FileFormat(upload.format)][0]
    return FileResponse(
        operations.open_upload(upload),
        as_attachment=True,
        filename=PurePath(upload.name).stem + ending,
        content_type=upload.format,
    )


def _told(upload: Upload) -> JsonResponse:
    return JsonResponse(
        {
            "received": operations.received(upload),
            "state": upload.state,
            "url": reverse("uploads:upload-state", args=[upload.key]),
        }
    )
