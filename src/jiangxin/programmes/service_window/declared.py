"""Rules that differ by place and date, from `data/local_rules.yaml`."""

from pathlib import Path

import yaml

from jiangxin.kernel.matters.rules.local import LocalRule

PATH = Path(__file__).parent / "data" / "local_rules.yaml"


def read_local_rules() -> list[LocalRule]:
    rows = yaml.safe_load(PATH.read_text("utf-8"))
    return [
        LocalRule(
            service=row["service"],
            material=row["material"],
            region_code=row["region"],
            since=row["from"],
            until=row.get("until"),
            is_wanted=row["wanted"],
            source=row["source"],
            is_demonstration=row.get("is_demonstration", False),
        )
        for row in rows
    ]
