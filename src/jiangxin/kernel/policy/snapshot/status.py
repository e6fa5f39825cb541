"""What the published snapshot stands for."""

from dataclasses import dataclass
from datetime import date, datetime

from jiangxin.kernel.policy.models import ChangedPeople
from jiangxin.kernel.policy.snapshot import layout, store


@dataclass(frozen=True)
class Status:
    """waiting: changes announced since, each of one or many people."""

    on: date
    at: datetime
    people: int
    policies: int
    matches: int
    bytes: int
    waiting: int


def status() -> Status:
    """Describe the published snapshot. Raises NoSnapshot."""
    connection = store.published()
    said = layout.about(connection)
    kept = layout.kept_policies(connection).values()
    file = store.published_file()
    return Status(
        on=date.fromisoformat(said["on"]),
        at=datetime.fromisoformat(said["at"]),
        people=int(said["people"]),
        policies=len(kept),
        matches=sum(one.people for one in kept),
        bytes=file.stat().st_size if file else 0,
        waiting=ChangedPeople.objects.count(),
    )
