"""Second factors for accounts of tests, and the codes they show."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from jiangxin.kernel.access.adapters import SecondFactorAdapter

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_factor(account):
    """As if the account had set up an authenticator app."""
    return Authenticator.objects.create(
        user=account,
        type=Authenticator.Type.TOTP,
        data={"secret": SecondFactorAdapter().encrypt(SECRET)},
    )


def code_now(secret=SECRET, *, later=0):
    """What the app shows now. later: how many codes on, as the last one counts once."""
    counter = int(time.time()) // 30 + later
    return format_hotp_value(hotp_value(secret, counter))
