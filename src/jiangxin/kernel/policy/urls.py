"""Addresses of policies: whom they serve at the desk, what is mine in the portal."""

from django.urls import path, register_converter

from jiangxin.kernel.policy.views import (
    decisions,
    draft_files,
    draft_limits,
    draft_rows,
    draft_steps,
    drafts,
    entitlements,
    frozen,
    newly,
    organisations,
    people,
    policies,
    versions,
)


class PolicyCode:
    """A policy's code: the part's key, a dot, its own name."""

    regex = r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PathInDraft:
    """Where a row stands in a draft: `conditions.0`, `grants.rows.1.when.new`."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


ROW = r"(?:\d{1,3}|new)"
GROUP = r"\d{1,3}\.(?:any_of|all_of)\."
CONDITION = rf"(?:conditions|grants\.rows\.\d{{1,3}}\.when)\.(?:{GROUP}){{0,5}}{ROW}"
LINE = rf"grants\.rows\.{ROW}"
CASE = rf"cases\.{ROW}"
EXCLUSION = rf"not_with\.{ROW}"


class ConditionPath(PathInDraft):
    regex = CONDITION


class LinePath(PathInDraft):
    regex = LINE


class CasePath(PathInDraft):
    regex = CASE


class ExclusionPath(PathInDraft):
    regex = EXCLUSION


class RowPath(PathInDraft):
    regex = f"(?:{CONDITION}|{LINE}|{CASE}|{EXCLUSION})"


class Which:
    """Whom a draft adds, or whom it drops."""

    regex = "adds|drops"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PolicyCode, "policy_code")
register_converter(ConditionPath, "condition_path")
register_converter(LinePath, "line_path")
register_converter(CasePath, "case_path")
register_converter(ExclusionPath, "exclusion_path")
register_converter(RowPath, "row_path")
register_converter(Which, "which")

app_name = "policy"
urlpatterns = [
    path("desk/policies/", policies.policy_list, name="policy-list"),
    path("desk/policies/newly-served/", newly.newly_served, name="newly-served"),
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
        "desk/policies/<policy_code:code>/people/<int:person_id>/decide/",
        decisions.policy_decide,
        name="policy-decide",
    ),
    path("desk/policies/decisions/", decisions.decision_list, name="decision-list"),
    path(
        "desk/policies/<policy_code:organisation_policy>/organisations/",
        organisations.policy_organisations,
        name="policy-organisations",
    ),
    path(
        "desk/policies/<policy_code:organisation_policy>/organisations"
        "/<int:organisation_id>/",
        organisations.policy_organisation,
        name="policy-organisation",
    ),
    path(
        "desk/policies/<policy_code:code>/versions/",
        versions.policy_versions,
        name="policy-versions",
    ),
    path(
        "desk/policies/<policy_code:code>/change/",
        drafts.policy_change,
        name="policy-change",
    ),
    path(
        "desk/policies/<policy_code:code>/withdraw/",
        drafts.policy_withdraw,
        name="policy-withdraw",
    ),
    path("desk/policy-drafts/", drafts.draft_list, name="draft-list"),
    path("desk/policy-drafts/new/", drafts.draft_new, name="draft-new"),
    path(
        "desk/policy-drafts/from-file/", draft_files.draft_upload, name="draft-upload"
    ),
    path(
        "desk/policies/<policy_code:code>/file/",
        draft_files.policy_file,
        name="policy-file",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/file/",
        draft_files.draft_file,
        name="draft-file",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/", drafts.draft_detail, name="draft-detail"
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/terms/",
        draft_rows.draft_terms,
        name="draft-terms",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/condition/<condition_path:condition>/",
        draft_rows.draft_condition,
        name="draft-condition",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/condition/<condition_path:condition>/reach/",
        draft_steps.draft_condition_reach,
        name="draft-condition-reach",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/group/<condition_path:condition>/",
        draft_rows.draft_group,
        name="draft-group",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/line/<line_path:line>/",
        draft_rows.draft_grant,
        name="draft-grant",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/case/<case_path:case>/",
        draft_rows.draft_case,
        name="draft-case",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/exclusion/<exclusion_path:exclusion>/",
        draft_limits.draft_exclusion,
        name="draft-exclusion",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/ceiling/",
        draft_limits.draft_ceiling,
        name="draft-ceiling",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/quota/",
        draft_limits.draft_quota,
        name="draft-quota",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/move/<row_path:row>/",
        draft_rows.draft_move,
        name="draft-move",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/dry-run/",
        draft_steps.draft_reach,
        name="draft-reach",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/dry-run/<which:which>/",
        draft_steps.draft_people,
        name="draft-people",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/submit/",
        draft_steps.draft_submit,
        name="draft-submit",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/approve/",
        draft_steps.draft_approve,
        name="draft-approve",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/return/",
        draft_steps.draft_return,
        name="draft-return",
    ),
    path(
        "desk/policy-drafts/<int:draft_id>/give-up/",
        draft_steps.draft_give_up,
        name="draft-give-up",
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
