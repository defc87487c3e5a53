"""How often somebody may try to log in: after some failures, each further attempt must wait longer than the last.

Counted are failures of a name from an address, from an address whatever the name, and of a name from anywhere. The last
are forgiven much, and hinder nobody at an address where the name has logged in before: so that readers cannot be locked
out by others who only know their names.
"""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Limit:
    """So many failures are free; then one must wait a second, two, four ... up to `longest`."""

    free: int
    longest: float


_OF_BOTH = _Limit(5, 900.0)
_OF_ADDRESS = _Limit(20, 900.0)  # several readers may share one
_OF_NAME = _Limit(50, 30.0)
_FORGOTTEN = 3600.0  # seconds after the last failure
_MOST = 10_000  # names and addresses kept in mind; the oldest go first
_LONGEST_KEY = 80  # characters kept of a name


@dataclass(slots=True)
class _Failures:
    """How many there were, the last one at `last`."""

    count: int
    last: float


class Attempts:
    """Attempts to log in, of all names and from all addresses. Safe to use from threads. `now` gives seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._failed: OrderedDict[Key, _Failures] = OrderedDict()
        self._at_home: OrderedDict[Key, None] = OrderedDict()

    def begin(self, name: str, address: str) -> float:
        """How many seconds this attempt must wait; 0, if it may be made: then it counts as failed until `succeeded`."""
        with self._lock:
            limits = self._limits(name, address)
            wait = max(self._wait(key, limit) for key, limit in limits.items())
            if wait <= 0:
                for key in limits:
                    self._count(key)
            return max(wait, 0.0)

    def withdrawn(self, name: str, address: str) -> None:
        """The attempt that was begun was not looked at: it counts no longer."""
        with self._lock:
            for key in self._limits(name, address).keys() & self._failed.keys():
                self._failed[key].count -= 1

    def succeeded(self, name: str, address: str) -> None:
        """The attempt that was begun was right: failures of this name are forgotten, those of the address are not."""
        with self._lock:
            both, alone, named = _keys(name, address)
            self._failed.pop(both, None)
            self._failed.pop(named, None)
            if alone in self._failed:
                self._failed[alone].count -= 1
            self._at_home[both] = None
            _cut(self._at_home)

    def _limits(self, name: str, address: str) -> dict[Key, _Limit]:
        both, alone, named = _keys(name, address)
        limits = {both: _OF_BOTH, alone: _OF_ADDRESS}
        return limits if both in self._at_home else limits | {named: _OF_NAME}

    def _wait(self, key: Key, limit: _Limit) -> float:
        failed = self._failed.get(key)
        if failed is None or failed.count < limit.free:
            return 0.0
        since = self._now() - failed.last
        if since > _FORGOTTEN:
            del self._failed[key]
            return 0.0
        return min(2.0 ** min(failed.count - limit.free, 20), limit.longest) - since

    def _count(self, key: Key) -> None:
        failed = self._failed.setdefault(key, _Failures(0, 0.0))
        failed.count += 1
        failed.last = self._now()
        self._failed.move_to_end(key)
        _cut(self._failed)


def _keys(name: str, address: str) -> tuple[Key, Key, Key]:
    name, address = name[:_LONGEST_KEY], _network(address)
    return (name, address), ("", address), (name, "")


def _network(address: str) -> str:
    """What one person has of addresses: of IPv6 a whole network."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:_LONGEST_KEY]
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _cut(kept: "OrderedDict[Key, _Failures] | OrderedDict[Key, None]") -> None:
    while len(kept) > _MOST:
        kept.popitem(last=False)
