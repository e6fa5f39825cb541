"""Addresses of policies: whom they serve at the desk, what is mine in the portal."""

from django.urls import path, register_converter

from jiangxin.kernel.policy.views import entitlements, frozen, people, policies


class PolicyCode:
    """A policy's code: the part's key, a dot, its own name."""

    regex = r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PolicyCode, "policy_code")

app_name = "policy"
urlpatterns = [
    path("desk/policies/", policies.policy_list, name="policy-list"),
    path(
        "desk/policies/<policy_code:code>/",
        policies.policy_detail,
        name="policy-detail",
    ),
    path(
        "desk/policies/<policy_code:code>/people/",
        people.policy_people,
        name="policy-people",
    ),
    path(
        "desk/policies/<policy_code:code>/people/<int:person_id>/",
        people.policy_person,
        name="policy-person",
    ),
    path(
        "desk/policy-answers/<int:frozen_id>/",
        frozen.frozen_answer,
        name="frozen-answer",
    ),
    path(
        "portal/entitlements/", entitlements.entitlement_list, name="entitlement-list"
    ),
]
