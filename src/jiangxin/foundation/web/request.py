"""What our middleware adds to Django's request, for views to be typed by."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from jiangxin.foundation.actor import Actor


class Request(HttpRequest):
    """A request that knows who acts, and one `now` for all that it causes."""

    actor: Actor
    now: datetime
    htmx: HtmxDetails
