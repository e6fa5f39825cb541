"""Findings of the check of a policy, in sentences that name the conditions."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import grouped, listed, table_date
from jiangxin.kernel.policy.enums import LintCode
from jiangxin.kernel.policy.registry.wording import money, say
from jiangxin.kernel.policy.rules.cases import CaseProblem
from jiangxin.kernel.policy.rules.linting import Lint


def finding_text(one: Lint) -> str:
    return SENTENCES[one.code](one)


def _quoted(one: Lint) -> list[str]:
    return [_("“%(condition)s”") % {"condition": say(each.says)} for each in one.about]


def _contradiction(one: Lint) -> str:
    names = _quoted(one)
    if len(names) == 1:
        return _("%(condition)s cannot be met in the region of the policy.") % {
            "condition": names[0]
        }
    return _("%(conditions)s and %(last)s cannot all be met by the same person.") % {
        "conditions": listed(names[:-1]),
        "last": names[-1],
    }


def _nobody(one: Lint) -> str:
    return _("No choice among %(conditions)s can be met together with the others.") % {
        "conditions": listed(_quoted(one))
    }


def _unreachable(one: Lint) -> str:
    return _(
        "The choice %(condition)s can never be met, because of the conditions beside it."
    ) % {"condition": _quoted(one)[0]}


def _says_nothing(one: Lint) -> str:
    names = _quoted(one)
    if len(names) == 1:
        return _("%(condition)s already follows from the region of the policy.") % {
            "condition": names[0]
        }
    return _("Whoever meets %(others)s also meets %(condition)s.") % {
        "condition": names[0],
        "others": listed(names[1:]),
    }


def _row_never(one: Lint) -> str:
    return _("Nobody who meets the conditions is given the line %(line)s.") % {
        "line": _quoted(one)[0]
    }


def _row_covered(one: Lint) -> str:
    names = _quoted(one)
    return _("The line %(line)s is never reached: %(earlier)s comes first.") % {
        "line": names[0],
        "earlier": names[1],
    }


def _gap(one: Lint) -> str:
    low, high = one.values
    if low is None:
        return _("Nothing is given below %(high)s.") % {"high": _plain(high)}
    if high is None:
        return _("Nothing is given above %(low)s.") % {"low": _plain(low)}
    return _("Nothing is given between %(low)s and %(high)s.") % {
        "low": _plain(low),
        "high": _plain(high),
    }


def _overlap(one: Lint) -> str:
    names = _quoted(one)
    low, high = one.values
    sentence = _(
        "The lines %(one)s and %(other)s both apply from %(low)s to %(high)s; the first "
        "is given."
    )
    return sentence % {
        "one": names[0],
        "other": names[1],
        "low": _plain(low),
        "high": _plain(high),
    }


def _plain(value: Any) -> str:
    if value is None:
        return "…"
    if isinstance(value, date):
        return table_date(value)
    return grouped(value) if isinstance(value, int | Decimal) else str(value)


def _no_value(one: Lint) -> str:
    parameter, on = one.values
    return _("The value “%(parameter)s” is not set on %(on)s.") % {
        "parameter": say(parameter.title),
        "on": table_date(on),
    }


def _of_cases(one: Lint) -> str:
    if one.case is None:
        return _("A worked case lies before a value it needs: %(problem)s") % {
            "problem": one.values[0]
        }
    return case_problem_text(one.case)


def _given_values(one: Lint) -> str:
    return str(one.values[0])


SENTENCES: dict[LintCode, Callable[[Lint], str]] = {
    LintCode.CONTRADICTION: _contradiction,
    LintCode.NOBODY: _nobody,
    LintCode.UNREACHABLE: _unreachable,
    LintCode.SAYS_NOTHING: _says_nothing,
    LintCode.ROW_NEVER: _row_never,
    LintCode.ROW_COVERED: _row_covered,
    LintCode.GAP: _gap,
    LintCode.OVERLAP: _overlap,
    LintCode.NO_VALUE: _no_value,
    LintCode.NO_CASES: _of_cases,
    LintCode.ROW_WITHOUT_CASE: _of_cases,
    LintCode.CASE_FAILS: _of_cases,
    LintCode.UNKNOWN_ATTRIBUTE: _given_values,
    LintCode.UNREADABLE: _given_values,
}


def case_problem_text(problem: CaseProblem) -> str:
    if problem.case is not None and problem.answer is not None:
        sentence = _("The case “%(case)s” expects %(expected)s, not %(answer)s.")
        return sentence % {
            "case": say(problem.case.says),
            "expected": problem.case.expect.label,
            "answer": problem.answer.label,
        }
    if problem.case is not None and problem.given is not None:
        fen = problem.given.fen
        sentence = _(
            "The case “%(case)s” is given line %(row)s and %(amount)s, not what it says."
        )
        return sentence % {
            "case": say(problem.case.says),
            "row": problem.given.number or _("none"),
            "amount": money(fen) if fen is not None else _("no money"),
        }
    if problem.row is not None:
        return _("No case is given line %(row)s of the table.") % {"row": problem.row}
    says = say(problem.leaf.says) if problem.leaf else ""
    return _(
        "The condition “%(condition)s” needs a case at its limit and one just beyond."
    ) % {"condition": says}
