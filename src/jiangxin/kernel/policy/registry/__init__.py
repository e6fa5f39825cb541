"""What parts bring to policies: attributes, folders of policy files, their wording."""

from jiangxin.kernel.policy.registry.attributes import (
    Attribute,
    Relation,
    attribute,
    attributes,
)
from jiangxin.kernel.policy.registry.policies import (
    PolicyFolder,
    policies,
    policy,
    value,
)

__all__ = [
    "Attribute",
    "PolicyFolder",
    "Relation",
    "attribute",
    "attributes",
    "policies",
    "policy",
    "value",
]
