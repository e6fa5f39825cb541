"""Rules of the register that need no records."""

from jiangxin.kernel.register.rules.ages import age_on

__all__ = ["age_on"]
