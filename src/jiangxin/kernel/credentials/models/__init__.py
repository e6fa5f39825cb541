"""What people and organisations hold, and what was issued of it."""

from jiangxin.kernel.credentials.models.issued import (
    IssuedCredential,
    SigningKey,
    StatusList,
)
from jiangxin.kernel.credentials.models.records import Credential, CredentialPast
from jiangxin.kernel.credentials.models.seals import SealCertificate
from jiangxin.kernel.credentials.models.shares import (
    PassportShare,
    SharedCredential,
    ShareView,
)

__all__ = [
    "Credential",
    "CredentialPast",
    "IssuedCredential",
    "PassportShare",
    "SealCertificate",
    "ShareView",
    "SharedCredential",
    "SigningKey",
    "StatusList",
]
