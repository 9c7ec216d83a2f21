"""Why nothing came of a request."""

from __future__ import annotations


class Refused(Exception):
    """`code` is one of the problems in the handbook; `message` and `hint` are made for one too."""

    def __init__(self, code: str, message: str, hint: str, *, again: bool = False) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
        self.again = again
        """Whether it may be otherwise in a minute."""

    def __reduce__(self) -> tuple[type[Refused], tuple[str, str, str]]:
        return type(self), (self.code, self.message, self.hint)
