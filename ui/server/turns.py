"""Questions of several readers: so many are answered at once, some wait, the others are told; nobody takes it all."""

from collections.abc import Iterator
from threading import Condition

from ui.messages import Words, door

AT_ONCE = 32  # questions answered at the same time: those that `rag.models.sharing` lets wait for a model, and 8 more
WAITING = 64  # questions that may wait besides
_PART = 4  # one reader may have a quarter of each
_LOOK = 0.5  # seconds between two looks how many are before


class Busy(Exception):  # noqa: N818 - a state, told as it stands
    """A question that may not even wait; `words` say why. No trouble of the archive, so no ArchiveError."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words["en"])


class Turns:
    """Who may have a question answered now, and who is next. Safe to use from threads."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._changed = Condition()
        self._at_once = at_once
        self._most_waiting = waiting
        self._going: list[Place] = []
        self._waiting: list[Place] = []

    def place(self, owner: str) -> "Place":
        """A place for a question of `owner`, a reader or a conversation; it is taken when it is entered."""
        return Place(self, owner)

    def _enter(self, place: "Place") -> None:
        with self._changed:
            if _of(self._waiting, place) >= max(1, self._most_waiting // _PART):
                raise Busy(door.YOURS)
            if len(self._waiting) >= self._most_waiting + self._free():
                raise Busy(door.BUSY)
            self._waiting.append(place)
            self._admit()

    def _free(self) -> int:
        return self._at_once - len(self._going)

    def _admit(self) -> None:
        """Let those go on whose turn it is; of a reader who has many going on already, others go first."""
        for place in tuple(self._waiting):
            if self._free() > 0 and _of(self._going, place) < max(1, self._at_once // _PART):
                self._waiting.remove(place)
                self._going.append(place)
        self._changed.notify_all()

    def _leave(self, place: "Place") -> None:
        with self._changed:
            for places in (self._going, self._waiting):
                if place in places:
                    places.remove(place)
            self._admit()

    def _before(self, place: "Place", *, patient: bool) -> int | None:
        """How many wait before this one; None if its turn has come. If `patient`, a while may pass first."""
        with self._changed:
            if patient and place in self._waiting:
                self._changed.wait(_LOOK)
            return self._waiting.index(place) if place in self._waiting else None


class Place:
    """The place of one question; leaving it lets the next go on.

    Entering raises: Busy.
    """

    def __init__(self, turns: Turns, owner: str) -> None:
        self._turns = turns
        self.owner = owner

    def __enter__(self) -> "Place":
        self._turns._enter(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._turns._leave(self)

    def waits(self) -> Iterator[int]:
        """How many questions are before this one, again and again, until its turn has come."""
        before = self._turns._before(self, patient=False)
        while before is not None:
            yield before
            before = self._turns._before(self, patient=True)


def _of(places: list[Place], place: Place) -> int:
    return sum(other.owner == place.owner for other in places)
