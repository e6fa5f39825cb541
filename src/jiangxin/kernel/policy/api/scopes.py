"""What a token may be made for, of policies."""

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access.registry import ApiScope
from jiangxin.kernel.policy.permissions import VIEW

READ = "policy:read"
MATCH = "policy:match"
EXPLAIN = "policy:explain"

API_SCOPES = (
    ApiScope(READ, _("Read policies, and how many they serve"), frozenset({VIEW})),
    ApiScope(
        MATCH,
        _("List and match whom policies serve; count drafts"),
        frozenset({VIEW}),
    ),
    ApiScope(
        EXPLAIN,
        _("Explain what policies say of one person or organisation"),
        frozenset({VIEW}),
    ),
)
