"""What people and organisations hold, and what was issued of it."""

from jiangxin.kernel.credentials.models.issued import (
    IssuedCredential,
    SigningKey,
    StatusList,
)
from jiangxin.kernel.credentials.models.records import Credential, CredentialPast

__all__ = [
    "Credential",
    "CredentialPast",
    "IssuedCredential",
    "SigningKey",
    "StatusList",
]
