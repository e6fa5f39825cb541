"""A signature: a name that was typed, or strokes that were drawn with a finger.

Strokes are the data of an SVG path in a field of 600 by 200: "M12 80L14 82…". Nothing
else than moves and lines is let in, so what is kept can be drawn on any page.
"""

import re

WIDTH, HEIGHT = 600, 200
LONGEST_NAME = 64
LONGEST_DRAWING = 20_000
# One point is a dot that came of touching the field by mistake.
FEWEST_POINTS = 5
_NUMBER = r"\d{1,3}"
_PATH = re.compile(rf"(?:[ML]{_NUMBER} {_NUMBER})+")


class SignatureFaulty(ValueError):
    """Neither a name nor strokes within the field."""


def read_signature(text: str) -> str:
    """Return a signature as it is kept; "" for none. Raises SignatureFaulty."""
    signature = text.strip()
    if not signature or (len(signature) <= LONGEST_NAME and not is_drawn(signature)):
        return signature
    if not is_drawn(signature) or len(signature) > LONGEST_DRAWING:
        raise SignatureFaulty
    points = re.findall(rf"({_NUMBER}) ({_NUMBER})", signature)
    inside = all(int(x) <= WIDTH and int(y) <= HEIGHT for x, y in points)
    if not inside or len(points) < FEWEST_POINTS:
        raise SignatureFaulty
    return signature


def is_drawn(signature: str) -> bool:
    return _PATH.fullmatch(signature) is not None
