"""The copy of one's own data, as a file."""

import io
import json
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST
from rustpy_xlsxwriter import write_worksheets

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing.exporting import neutral
from jiangxin.kernel.privacy.operations.requests import take_copy
from jiangxin.kernel.privacy.queries.own import copy_of
from jiangxin.kernel.privacy.registry import OwnData, Row

LONGEST_SHEET_NAME = 31
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Tables = Sequence[tuple[OwnData, Sequence[Row]]]


@login_required
@require_POST
def own_copy(request: Request) -> HttpResponse:
    """Answer with the file: a workbook to read, or JSON for machines."""
    taken = take_copy(actor=request.actor, now=request.now)
    tables = copy_of(taken.person_id)
    is_json = request.POST.get("format") == "json"
    kind = "json" if is_json else "xlsx"
    name = f"my-data-{today(request.now):%Y%m%d}.{kind}"
    response = HttpResponse(
        _json(tables) if is_json else _workbook(tables),
        content_type="application/json" if is_json else WORKBOOK,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    add_never_cache_headers(response)
    return response


def _json(tables: Tables) -> str:
    content = {table.key: [dict(row) for row in rows] for table, rows in tables}
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _workbook(tables: Tables) -> bytes:
    sheets: list[tuple[str, Any]] = []
    for table, rows in tables:
        cells = [{name: neutral(value) for name, value in row.items()} for row in rows]
        name = str(table.title)[:LONGEST_SHEET_NAME]
        sheets.append((name, cells or [{"–": None}]))
    file = io.BytesIO()
    write_worksheets(
        sheets, file, column_width={"general": 20.0}, datetime_format="yyyy-mm-dd hh:mm"
    )
    return file.getvalue()
