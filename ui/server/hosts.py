"""The names that a server goes by, and those that it answers to.

A site elsewhere could give itself the address of this machine, and read the archive through its reader's browser. So a
server that asks for no password answers to no name that others can give away.
"""

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

ANYTHING = "*"  # in a list of names: every name
ANY_ADDRESS = "<address>"  # in a list of names: every address in numbers, which is nobody's to give
_HERE = ("127.0.0.1", "localhost", "::1")


def is_here(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    return ipaddress.ip_address(host).is_loopback if _is_address(host) else host == "localhost"


def names(host: str, *, locked: bool) -> tuple[str, ...]:
    """The names that a server bound to `host` answers to.

    Here they are this machine's own; if others may come, also its host name and every address in numbers. Where a
    password is asked for (`locked`) it is any: the browser brings what it was given for one name to no other, and what
    speaks https in front of the server goes by a name of its own.
    """
    if locked:
        return (ANYTHING,)
    if is_here(host):
        return (*_HERE, host)
    own = socket.gethostname().lower()
    return (*_HERE, ANY_ADDRESS, host.lower(), own, f"{own}.local", socket.getfqdn().lower())


def is_named(host: str, known: Collection[str]) -> bool:
    """Whether `host`, as a request gives it, with or without a port, is one of the `known` names."""
    if ANYTHING in known:
        return True
    name = _name(host)
    return name in known or (ANY_ADDRESS in known and _is_address(name))


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
