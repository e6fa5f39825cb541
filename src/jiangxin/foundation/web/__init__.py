"""The web layer: requests that know who acts and when, pages, failures and lists.

Views import `Request` and `page` from here; lists come from `web.listing`.
"""

from jiangxin.foundation.web.pages import page
from jiangxin.foundation.web.request import Request

__all__ = ["Request", "page"]
