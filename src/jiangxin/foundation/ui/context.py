"""What every frame needs, for templates, as `frame`."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from jiangxin.foundation.ui.preferences import APPEARANCE, PRINT


@dataclass(frozen=True)
class Frame:
    """appearance: auto, light or dark. The texts are empty where nothing is set."""

    appearance: str
    is_large_print: bool
    is_demonstration: bool
    here: str
    federation_name: str
    sponsor: str
    icp_number: str
    police_number: str


def frame(request: HttpRequest) -> dict[str, Any]:
    return {
        "frame": Frame(
            appearance=APPEARANCE.read(request.COOKIES),
            is_large_print=PRINT.read(request.COOKIES) == "large",
            is_demonstration=settings.DEMONSTRATION,
            # A preference changed after a failed POST must not come back to it.
            here=request.get_full_path() if request.method == "GET" else request.path,
            federation_name=settings.JIANGXIN_FEDERATION_NAME,
            sponsor=settings.JIANGXIN_SPONSOR,
            icp_number=settings.JIANGXIN_ICP_NUMBER,
            police_number=settings.JIANGXIN_POLICE_NUMBER,
        )
    }
