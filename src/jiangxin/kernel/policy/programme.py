"""What the policy part brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import MenuItem, Part, Permission
from jiangxin.kernel.policy.attributes.credentials import CREDENTIAL_ATTRIBUTES
from jiangxin.kernel.policy.attributes.register import REGISTER_ATTRIBUTES
from jiangxin.kernel.policy.events import PeopleMatched
from jiangxin.kernel.policy.operations.matching import follow_changed_people
from jiangxin.kernel.policy.permissions import VIEW, VIEW_OWN
from jiangxin.kernel.register.registry import OnPeopleChanged

PART = Part(
    key="policy",
    title=_("Policy"),
    purpose=_("Policies as data, matched against the register and explained."),
    brings=(
        *REGISTER_ATTRIBUTES,
        *CREDENTIAL_ATTRIBUTES,
        PeopleMatched,
        OnPeopleChanged(follow_changed_people),
        Permission(
            VIEW,
            _("See policies and whom they serve"),
            _("Of people in the places the role is held for."),
        ),
        Permission(VIEW_OWN, _("See one's own entitlements")),
    ),
)
