"""Reading credentials, and what was issued of them."""

from jiangxin.kernel.credentials.queries.issued import (
    PublishedList,
    credentials_within,
    get_issue,
    issues_of,
    issues_visible_to,
    public_issue,
    published_keys,
    published_list,
)
from jiangxin.kernel.credentials.queries.records import (
    credentials_of_organisation,
    credentials_of_person,
    credentials_visible_to,
    get_credential,
    has_skill_grade,
    held_by_person,
    in_force,
    people_holding,
    people_with_skill_grade,
    titles_of,
)
from jiangxin.kernel.credentials.queries.verifying import (
    PublicAnswer,
    authority_certificate,
    public_answer,
)

__all__ = [
    "PublicAnswer",
    "PublishedList",
    "authority_certificate",
    "credentials_of_organisation",
    "credentials_of_person",
    "credentials_visible_to",
    "credentials_within",
    "get_credential",
    "get_issue",
    "has_skill_grade",
    "held_by_person",
    "in_force",
    "issues_of",
    "issues_visible_to",
    "people_holding",
    "people_with_skill_grade",
    "public_answer",
    "public_issue",
    "published_keys",
    "published_list",
    "titles_of",
]
