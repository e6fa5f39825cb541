"""states.md: the table of moves of each kind of state, as a diagram."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import IntegerChoices, TextChoices

from jiangxin.foundation.reference.markdown import code, in_both, section, table

State = TextChoices | IntegerChoices
Moves = Mapping[State, tuple[State, ...]]


def build() -> str:
    return "\n\n".join(_page(part, moves) for part, moves in tables_of_moves())


def tables_of_moves() -> Iterator[tuple[str, Moves]]:
    """Yield every `…_MOVES` of the parts' enums.py, with the part's name."""
    for config in apps.get_app_configs():
        name = f"{config.name}.enums"
        if not config.name.startswith("jiangxin.") or not find_spec(name):
            continue
        found = vars(import_module(name)).items()
        for key, value in sorted(found):
            if key.endswith("_MOVES") and isinstance(value, Mapping) and value:
                yield config.label, value


def _page(part: str, moves: Moves) -> str:
    states: list[State] = list(type(next(iter(moves))))
    rows = [
        (
            code(state.value),
            in_both(state.label),
            ", ".join(code(target.value) for target in moves.get(state, ())) or "final",
        )
        for state in states
    ]
    return section(
        f"{type(states[0]).__name__} ({part})",
        _diagram(states, moves),
        table(["State", "Label", "May become"], rows),
    )


def _diagram(states: list[State], moves: Moves) -> str:
    """Draw a diagram; the first state declared is where everything begins."""
    lines = [f"    {_id(state)}: {in_both(state.label)}" for state in states]
    lines.append(f"    [*] --> {_id(states[0])}")
    for state in states:
        targets = moves.get(state, ())
        lines += [f"    {_id(state)} --> {_id(target)}" for target in targets]
        if not targets:
            lines.append(f"    {_id(state)} --> [*]")
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _id(state: State) -> str:
    return str(state.value).replace("-", "_")
