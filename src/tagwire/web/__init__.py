"""Polite HTTP: one client that asks slowly, gives up in time, and can't be led into the network that we stand in.

A stranger's server is met with limits on bytes, seconds and redirects, all counted after unpacking. Addresses inside
a private network are refused, whatever name leads there, unless the owner named that very host.
"""

from __future__ import annotations

from tagwire.web.address import host_of
from tagwire.web.client import Answer, Client, Limits, Pace
from tagwire.web.refused import Refused

__all__ = ["Answer", "Client", "Limits", "Pace", "Refused", "host_of"]
