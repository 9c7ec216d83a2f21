"""Tagwire: raw articles in, a static site and tagged feeds out.

For other programs: `build`, `convert` and `judge`, with what they give and raise; see `tagwire.api`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagwire.api import Converted, Problem, Refused, Stopped, build, convert, judge

__version__ = "0.1.0"
__all__ = ["Converted", "Problem", "Refused", "Stopped", "__version__", "build", "convert", "judge"]


def __getattr__(name: str) -> object:
    """Loads the public functions at first use (PEP 562): the command line, which is in a hurry, needs none of them."""
    if name in __all__:
        from tagwire import api  # noqa: PLC0415 - see above

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
