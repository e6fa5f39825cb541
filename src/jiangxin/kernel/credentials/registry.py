"""Where parts above add to a worker's passport."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jiangxin.kernel.register.registry import PanelFor


@dataclass(frozen=True)
class PassportPanel:
    """A card on the passport of its owner; context: None when there is nothing to say."""

    template: str
    context: Callable[[PanelFor], Mapping[str, Any] | None]
    order: int = 100
