"""What people and organisations hold, and what was issued of it."""

from jiangxin.kernel.credentials.models.issued import (
    IssuedCredential,
    SigningKey,
    StatusList,
)
from jiangxin.kernel.credentials.models.records import Credential, CredentialPast
from jiangxin.kernel.credentials.models.seals import SealCertificate

__all__ = [
    "Credential",
    "CredentialPast",
    "IssuedCredential",
    "SealCertificate",
    "SigningKey",
    "StatusList",
]
