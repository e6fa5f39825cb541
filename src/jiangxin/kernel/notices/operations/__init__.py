"""Telling people, reading what one was told, and choosing what one is told."""

from jiangxin.kernel.notices.operations.telling import (
    tell_account,
    tell_people,
    tell_person,
    telling_nobody,
    tells,
)

__all__ = ["tell_account", "tell_people", "tell_person", "telling_nobody", "tells"]
