"""Acts on credentials: on the records, on what is issued of them, and on the keys."""

from jiangxin.kernel.credentials.operations.issuing import (
    IssuedDiffers,
    Issuing,
    RecordNotInForce,
    issue_credential,
    issue_credentials,
    reissue_credential,
)
from jiangxin.kernel.credentials.operations.keys import (
    KeyMoveNotAllowed,
    retire_key,
    rotate_key,
)
from jiangxin.kernel.credentials.operations.moving import (
    IssueMoveNotAllowed,
    RecordSuspended,
    note_prints,
    resume_issue,
    revoke_issue,
    suspend_issue,
)
from jiangxin.kernel.credentials.operations.records import (
    CredentialFacts,
    EndsBeforeItBegins,
    GradeNotOnLadder,
    GradeWithoutLadder,
    HolderDiffers,
    MoveNotAllowed,
    NumberTaken,
    NumberWrong,
    record_credential,
    restore_credential,
    revoke_credential,
    supersede_credential,
    suspend_credential,
)

__all__ = [
    "CredentialFacts",
    "EndsBeforeItBegins",
    "GradeNotOnLadder",
    "GradeWithoutLadder",
    "HolderDiffers",
    "IssueMoveNotAllowed",
    "IssuedDiffers",
    "Issuing",
    "KeyMoveNotAllowed",
    "MoveNotAllowed",
    "NumberTaken",
    "NumberWrong",
    "RecordNotInForce",
    "RecordSuspended",
    "issue_credential",
    "issue_credentials",
    "note_prints",
    "record_credential",
    "reissue_credential",
    "restore_credential",
    "resume_issue",
    "retire_key",
    "revoke_credential",
    "revoke_issue",
    "rotate_key",
    "supersede_credential",
    "suspend_credential",
    "suspend_issue",
]
