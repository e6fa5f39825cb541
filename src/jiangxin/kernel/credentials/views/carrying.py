"""An issue as a file: the signed text, a token, a baked picture."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from jiangxin.foundation.web import Request
from jiangxin.kernel.credentials.operations.carrying import carried
from jiangxin.kernel.credentials.queries import get_issue


@login_required
@require_safe
def issue_file(request: Request, issue_id: int, form: str) -> HttpResponse:
    """Hand out what the holder may have: it says no more than their certificate."""
    issue = get_issue(issue_id, visible_to=request.actor)
    file = carried(issue, form, now=request.now)
    return HttpResponse(
        file.content,
        content_type=file.kind,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )
