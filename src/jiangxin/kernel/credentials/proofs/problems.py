"""What can be wrong with something that says it is a proof."""


class ProofProblem(ValueError):
    """It is not what it says it is. `code`: a stable key that pages put into words."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
