from jiangxin.kernel.matters.models.journal import MatterAct, MatterStop
from jiangxin.kernel.matters.models.materials import MatterMaterial
from jiangxin.kernel.matters.models.matter import Matter
from jiangxin.kernel.matters.models.services import ServiceVersion
from jiangxin.kernel.matters.models.supplements import SupplementNotice

__all__ = [
    "Matter",
    "MatterAct",
    "MatterMaterial",
    "MatterStop",
    "ServiceVersion",
    "SupplementNotice",
]
