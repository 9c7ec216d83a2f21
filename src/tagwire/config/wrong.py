"""What is wrong with a value, and how a value looks in a message."""

from __future__ import annotations

from tagwire.characters import FORBIDDEN, complaint


class Wrong(ValueError):
    """A value isn't what its setting wants."""

    def __init__(self, found: str, hint: str, *below: str) -> None:
        super().__init__(found)
        self.found, self.hint = found, hint
        self.below = below
        """Keys below the setting, where one of them is to blame."""


def refuse_forbidden(value: object) -> None:
    """Raises `Wrong` for a character, anywhere in `value`, that no feed can carry."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for item in value:
            refuse_forbidden(item)
    if isinstance(value, str) and (bad := FORBIDDEN.search(value)):
        raise Wrong(f"has a bad character: {complaint(bad[0])}", "delete it")


def said(value: object) -> str:
    """A value as the owner would write it, shortened."""
    match value:
        case bool():
            text = str(value).lower()
        case str():
            text = f'"{value}"'
        case int() if value.bit_length() > 1000:  # Python refuses to spell out a long one
            text = "a number of many digits"
        case list():
            text = f"[{', '.join(map(said, value))}]"
        case dict():
            text = f"{{{', '.join(f'{key} = {said(item)}' for key, item in value.items())}}}"
        case _:
            text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST = 80
