"""Declarative lists: filter, search, sort, page and export, all kept in the address.

A part writes down a `Listing` once and its view returns `listing_page(...)`.
"""

from jiangxin.foundation.web.listing.columns import Column
from jiangxin.foundation.web.listing.filters import (
    ChoiceFilter,
    DateRangeFilter,
    Filter,
    FlagFilter,
    Search,
)
from jiangxin.foundation.web.listing.keeping import (
    Export,
    ExportKeeper,
    answers_personal_list,
)
from jiangxin.foundation.web.listing.listing import Listing
from jiangxin.foundation.web.listing.view import listing_page

__all__ = [
    "ChoiceFilter",
    "Column",
    "DateRangeFilter",
    "Export",
    "ExportKeeper",
    "Filter",
    "FlagFilter",
    "Listing",
    "Search",
    "answers_personal_list",
    "listing_page",
]
