"""Who is logged in: kept in memory only, so that everybody is logged out when the server ends."""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from ui.server.passwords import Readers

IDLE = 12 * 3600.0  # seconds after which whoever asked for nothing is logged out
LONGEST = 7 * 24 * 3600.0  # seconds after which everybody is
_EACH = 10  # sessions of one reader; the oldest ends when another begins
_RECALLED = 600.0  # seconds for which a password that was right need not be looked at again
_MOST_RECALLED = 1000


@dataclass(slots=True)
class _Session:
    reader: str
    hash: str
    begun: float
    used: float


class Sessions:
    """Sessions of those who logged in, by tokens of which only a hash is kept. Safe to use from threads.

    `now` gives seconds.
    """

    def __init__(self, readers: Readers, now: Callable[[], float] = time.monotonic) -> None:
        self._readers = readers
        self._now = now
        self._lock = Lock()
        self._sessions: dict[bytes, _Session] = {}
        self._key = secrets.token_bytes(32)
        self._recalled: OrderedDict[bytes, float] = OrderedDict()

    def begin(self, reader: str) -> str:
        """A new session of `reader`; gives its token."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._forget()
            its = [key for key, session in self._sessions.items() if session.reader == reader]
            for key in its[: max(0, len(its) - _EACH + 1)]:
                del self._sessions[key]
            now = self._now()
            self._sessions[_digest(token)] = _Session(reader, self._readers.hash_of(reader), now, now)
        return token

    def reader(self, token: str) -> str:
        """Whose session this is; empty, if it has ended, or the reader's line in the file was changed since."""
        with self._lock:
            session = self._sessions.get(_digest(token))
            if session is None or self._over(session):
                return ""
            session.used = self._now()
            return session.reader

    def end(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_digest(token), None)

    def recall(self, name: str, password: str) -> bool:
        """Whether this password was found right for this name a short while ago."""
        with self._lock:
            return self._recalled.get(self._mark(name, password), 0.0) > self._now()

    def remember(self, name: str, password: str) -> None:
        """Recall that this password is right, for programs that bring it with every request; itself it is not kept."""
        with self._lock:
            self._recalled[self._mark(name, password)] = self._now() + _RECALLED
            while len(self._recalled) > _MOST_RECALLED:
                self._recalled.popitem(last=False)

    def _mark(self, name: str, password: str) -> bytes:
        told = "\0".join((name, self._readers.hash_of(name), password))
        return hmac.digest(self._key, told.encode("utf-8", "replace"), "sha256")

    def _over(self, session: _Session) -> bool:
        now = self._now()
        old = now - session.used > IDLE or now - session.begun > LONGEST
        return old or self._readers.hash_of(session.reader) != session.hash

    def _forget(self) -> None:
        for key in [key for key, session in self._sessions.items() if self._over(session)]:
            del self._sessions[key]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
