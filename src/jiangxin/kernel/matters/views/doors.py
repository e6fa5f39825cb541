"""The two doors an applicant comes in by: the same pages in another frame."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from jiangxin.kernel.matters.models import Matter


@dataclass(frozen=True)
class ApplicantDoor:
    """key: how its addresses and their names begin."""

    key: str

    @property
    def frame(self) -> str:
        return f"ui/{self.key}.html"

    def url(self, name: str, *args: object) -> str:
        return reverse(f"matters:{self.key}-{name}", args=args)

    def matter_url(self, matter: Matter) -> str:
        return self.url("filing", matter.pk)


DOORS: Mapping[str, ApplicantDoor] = {
    key: ApplicantDoor(key) for key in ("portal", "desk")
}
