"""What parts bring to policies: attributes, folders of policy files, their wording."""

from jiangxin.kernel.policy.registry.attributes import (
    Argument,
    Attribute,
    AttributeFamily,
    Relation,
    Turns,
    attribute,
    attributes,
    families,
)
from jiangxin.kernel.policy.registry.passing import DatedRows, moved_between
from jiangxin.kernel.policy.registry.policies import (
    PolicyFolder,
    parameters,
    policies,
    policies_about,
    policy,
    value,
)

__all__ = [
    "Argument",
    "Attribute",
    "AttributeFamily",
    "DatedRows",
    "PolicyFolder",
    "Relation",
    "Turns",
    "attribute",
    "attributes",
    "families",
    "moved_between",
    "parameters",
    "policies",
    "policies_about",
    "policy",
    "value",
]
