"""What parts bring to policies: attributes, folders of policy files, their wording."""

from jiangxin.kernel.policy.registry.attributes import (
    Argument,
    Attribute,
    AttributeFamily,
    Gathered,
    Relation,
    Turns,
    attribute,
    attributes,
    families,
)
from jiangxin.kernel.policy.registry.passing import DatedRows, moved_between
from jiangxin.kernel.policy.registry.policies import (
    PolicyFolder,
    policies,
    policies_about,
    policy,
    policy_about,
    read_draft,
    value,
)

__all__ = [
    "Argument",
    "Attribute",
    "AttributeFamily",
    "DatedRows",
    "Gathered",
    "PolicyFolder",
    "Relation",
    "Turns",
    "attribute",
    "attributes",
    "families",
    "moved_between",
    "policies",
    "policies_about",
    "policy",
    "policy_about",
    "read_draft",
    "value",
]
