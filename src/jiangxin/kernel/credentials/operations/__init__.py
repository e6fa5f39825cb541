"""Acts on credentials: on the records, on what is issued of them, and on the keys."""

from jiangxin.kernel.credentials.operations.certificates import (
    NotCounting,
    ReprintNeedsReason,
    own_certificate,
    print_certificate,
)
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
from jiangxin.kernel.credentials.operations.seals import renew_seal, take_seal

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
    "NotCounting",
    "NumberTaken",
    "NumberWrong",
    "RecordNotInForce",
    "RecordSuspended",
    "ReprintNeedsReason",
    "issue_credential",
    "issue_credentials",
    "note_prints",
    "own_certificate",
    "print_certificate",
    "record_credential",
    "reissue_credential",
    "renew_seal",
    "restore_credential",
    "resume_issue",
    "retire_key",
    "revoke_credential",
    "revoke_issue",
    "rotate_key",
    "supersede_credential",
    "suspend_credential",
    "suspend_issue",
    "take_seal",
]
