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
    check_beside_others,
    parameters,
    parts_with_policies,
    policies,
    policies_about,
    policy,
    read_draft,
    value,
)
from jiangxin.kernel.policy.registry.serving import forget, look_again, serve_from

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
    "check_beside_others",
    "families",
    "forget",
    "look_again",
    "moved_between",
    "parameters",
    "parts_with_policies",
    "policies",
    "policies_about",
    "policy",
    "read_draft",
    "serve_from",
    "value",
]
