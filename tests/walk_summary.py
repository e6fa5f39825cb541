"""The closing line of the access walk: how much of it really ran.

Each test of the walk notes what it asks, and as whom, in its report; reports come back
from the workers of xdist too, so the line is put together where the run ends.
"""

from tests import hostile_summary

WALKED = "access walk"
STRANGER = "stranger"
WRONG_PLACE = "wrong place"


def pytest_terminal_summary(terminalreporter):
    reports = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
    ]
    for line in (closing_line(reports), hostile_summary.closing_line(reports)):
        if line:
            terminalreporter.write_line(line)


def closing_line(reports):
    """Return the line for the tests' reports; "" when none of them walked."""
    walks = [
        (walked, report.failed)
        for report in reports
        for name, walked in getattr(report, "user_properties", ())
        if name == WALKED
    ]
    if not walks:
        return ""
    who = {who for (who, _address), _failed in walks}
    addresses = {address for (_who, address), _failed in walks}
    others = [f" + {each}" for each in (STRANGER, WRONG_PLACE) if each in who]
    roles = len(who - {STRANGER, WRONG_PLACE})
    failed = any(failed for _walked, failed in walks)
    return (
        f"access walk: {len(addresses)} addresses x {roles} roles{''.join(others)}"
        f" = {len(walks)} requests, "
        + ("FAILED, see above" if failed else "none served out of scope")
    )
