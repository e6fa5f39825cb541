"""Whose notices are whose: a person's in the portal, an account's at the desk."""

from datetime import datetime
from typing import Literal

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.notices.models import Notice

Reader = Literal["person", "account"]


def notices_of(actor: Actor, reader: Reader) -> QuerySet[Notice]:
    """Return what the actor was told, as the person or as the account that they are."""
    number = actor.person_id if reader == "person" else actor.account_id
    if number is None:
        return Notice.objects.none()
    return Notice.objects.filter((reader, number))


def get_notice(notice_id: int, actor: Actor, reader: Reader) -> Notice:
    """Raises NotFound, also for what others were told."""
    found = notices_of(actor, reader).filter(pk=notice_id).first()
    if found is None:
        raise NotFound
    return found


def count_unread_of_person(actor: Actor, now: datetime) -> int:
    del now  # what is unread stays so
    return notices_of(actor, "person").filter(read_at__isnull=True).count()


def count_unread_of_account(actor: Actor, now: datetime) -> int:
    del now
    return notices_of(actor, "account").filter(read_at__isnull=True).count()
