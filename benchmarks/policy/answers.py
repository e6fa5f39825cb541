"""One number for all answers, whatever computed them: how many, and a hash of all."""

from collections.abc import Iterable
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

# An answer as one number: the row times this, and the amount; NOT_SERVED for none.
A_ROW = 10_000_000_000
NOT_SERVED = -1


@dataclass
class Answers:
    """Added up in any order. hash: of policy, person, row and amount of every match."""

    count: int = 0
    hash: int = 0

    def add(self, number: int, person_id: int, answer: int) -> None:
        row, fen = divmod(answer, A_ROW)
        value = number * 1_000_003 + person_id * 7_919 + row * 104_729 + fen
        self.count += 1
        self.hash += value * (value % 65_521 + 1)

    def add_row(self, person_id: int, answers: Iterable[float]) -> None:
        """Add one person's answers, in the order of policies."""
        for number, answer in enumerate(answers, 1):
            if answer >= 0:
                self.add(number, person_id, int(answer))


VALUE = "({number} * 1000003 + person_id * 7919 + grant_row * 104729 + amount_fen)"


def in_file(connection: DuckDBPyConnection, *, up_to: int | None = None) -> Answers:
    """Return what the snapshot's tables hold. up_to: of people with lower numbers."""
    found = Answers()
    people = f" WHERE person_id <= {up_to}" if up_to else ""
    for number in range(1, 31):
        value = VALUE.format(number=number)
        count, hashed = connection.execute(
            f"SELECT count(*), sum(CAST({value} AS HUGEINT) * ({value} % 65521 + 1))"
            f" FROM match_{number}{people}"
        ).fetchone() or (0, 0)
        found.count += count
        found.hash += int(hashed or 0)
    return found
