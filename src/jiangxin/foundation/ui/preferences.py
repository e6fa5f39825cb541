"""How one browser wants its pages, kept in cookies."""

from collections.abc import Mapping
from dataclasses import dataclass

COOKIE_AGE = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Preference:
    """name: the form field. choices: the first is the default."""

    name: str
    cookie: str
    choices: tuple[str, ...]

    def read(self, cookies: Mapping[str, str]) -> str:
        value = cookies.get(self.cookie)
        return value if value in self.choices else self.choices[0]


APPEARANCE = Preference("appearance", "jiangxin_appearance", ("auto", "light", "dark"))
PRINT = Preference("print", "jiangxin_print", ("normal", "large"))
PREFERENCES = (APPEARANCE, PRINT)
