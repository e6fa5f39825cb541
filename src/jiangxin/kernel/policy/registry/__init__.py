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
    check_beside_others,
    parameters,
    parts_with_policies,
    policies,
    policies_about,
    policy,
    policy_about,
    read_draft,
    value,
)
from jiangxin.kernel.policy.registry.serving import forget, look_again, serve_from

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
    "policy_about",
    "read_draft",
    "serve_from",
    "value",
]
