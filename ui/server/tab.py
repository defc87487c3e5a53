"""A conversation in one tab of the browser: questions, what is shown of their answers, and what is remembered."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import replace

from index.errors import ArchiveError
from rag.compose import Composer
from rag.conversation import Conversation
from rag.errors import QuestionError
from rag.pipeline import Event, Pipeline, Trace
from rag.question import Filters, Question, script
from rag.sought import sought
from rag.talk.limits import LimitKind, limits, without
from ui.messages import answers as words
from ui.page import answers
from ui.page.abstaining import searched_html
from ui.page.cards import Setting
from ui.page.frame import said
from ui.page.growing import Growing
from ui.page.login import busy_html, waiting_html
from ui.server.turns import Busy, Place, Turns

MOST_WHOLE = 20  # answers that stand on the page; every look at a new one sends all that stands there
MOST_ASKED = 200  # questions that do; when there are more, a quarter of them goes at once, for all move up then
Keep = Callable[[Trace, float], str]  # keeps a record of an answer, that took so many seconds; gives its address


class Turn:
    """A question, and what is shown of its answer so far; until it is `ended`, more may come.

    `key` tells it from the others of its conversation.
    """

    def __init__(self, text: str, key: str) -> None:
        self.key = key
        self.language = script(text) or "en"
        self.asked = answers.question_html(text, self.language) if text.strip() else ""
        self.ended = False
        self._understood = ""
        self._shown = ""
        self._waiting = answers.waiting_html()
        self._whole = False

    @property
    def shown(self) -> str:
        """The answer as HTML, as far as it goes; where it was broken off, that is said."""
        if self._whole:
            return self._understood + self._shown
        if self.ended:
            return self._understood + self._shown + answers.broken_off_html()
        return self._understood + (self._shown or self._waiting)

    def waits(self, before: int) -> None:
        """Show that it waits for the answers to so many questions."""
        self._waiting = waiting_html(before)

    def understood(self, question: Question) -> None:
        """Show how the question was understood, if otherwise than it was written."""
        self.language = question.language
        if question.asked is not None and question.asked != question.text:
            self._understood = answers.understood_html(question.text, question.language)

    def grown(self, growing: Growing) -> None:
        """Show what there is of the answer."""
        self._waiting = growing.waiting
        self._shown = growing.html()

    def whole(self, html: str) -> None:
        """Show the whole answer."""
        self._shown = html
        self._whole = True

    def kept(self, html: str) -> None:
        """Show, below the whole answer, where its record is."""
        self._shown += html

    def fold(self) -> None:
        """Show no longer the answer, but that there was one."""
        if self.ended:
            self._understood = ""
            self.whole(answers.folded_html())

    def refused(self, trouble: ArchiveError) -> None:
        """Show why there is no answer, or no more of it."""
        russian = trouble.russian if isinstance(trouble, QuestionError) else ""
        self.whole(self._shown + answers.refusal_html(str(trouble), self.language, russian=russian))


class Tab:
    """What was asked and answered in one tab of the browser, oldest first.

    However long it is, what is kept of it is bounded: MOST_WHOLE answers, and MOST_ASKED questions.
    """

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self._asked = 0
        self._conversation = Conversation()

    def ask(
        self, pipeline: Pipeline, text: str, composer: Composer, keep: Keep | None = None, place: Place | None = None
    ) -> Generator[None, None, None]:
        """Ask, and go on whenever something new is to be shown. A question that is still being answered is broken off.

        A record of the whole answer is kept, if `keep` is given. The question waits until it is the turn of `place`.
        Closing this stops the work.
        """
        self.stop()
        self._asked += 1
        turn = Turn(text, str(self._asked))
        if len(self.turns) == MOST_ASKED:
            self.turns = self.turns[MOST_ASKED // 4 :]
        self.turns.append(turn)
        for old in self.turns[-MOST_WHOLE - 1 : -MOST_WHOLE]:
            old.fold()
        try:
            yield
            with place or Turns().place("") as taken:
                yield from _waited(turn, taken)
                yield from self._answered(turn, pipeline, text, composer, keep)
        except Busy as busy:
            turn.whole(busy_html(busy.words))
            yield
        except ArchiveError as error:
            turn.refused(error)
            yield
        finally:
            turn.ended = True

    def stop(self) -> None:
        """Have no more of an answer that is still being made."""
        for turn in self.turns[-1:]:
            turn.ended = True

    def remove(self, kind: LimitKind, value: str) -> None:
        """Let a limit no longer hold."""
        self._limit(without(self._conversation.filters, kind, value))

    def limits_html(self) -> str:
        """The limits that hold, to be seen and removed; nothing before anything was asked."""
        return answers.limits_html(limits(self._conversation.filters)) if self.turns else ""

    def messages(self) -> Iterator[tuple[str, str]]:
        """Who speaks, "user" or "assistant", and the HTML of what is said; first, how many questions are gone."""
        if gone := self._asked - len(self.turns):
            yield "assistant", f'<p class="delo earlier">{said(words.EARLIER, gone)}</p>'
        for turn in self.turns:
            if turn.asked:
                yield "user", turn.asked
            yield "assistant", turn.shown

    def _answered(
        self, turn: Turn, pipeline: Pipeline, text: str, composer: Composer, keep: Keep | None
    ) -> Iterator[None]:
        start = time.perf_counter()
        question = pipeline.understand(text, self._conversation, composer)
        turn.understood(question)
        self._limit(question.filters)
        growing = Growing(Setting(question.language, turn.key, sought(question)), composer.model)
        with closing(pipeline.stream(question, composer=composer)) as events:
            for event in events:
                if turn.ended:
                    return
                self._show(event, turn, growing)
                yield
                if keep and isinstance(event, Trace):
                    turn.kept(_kept(keep, event, time.perf_counter() - start))
                    yield

    def _show(self, event: Event, turn: Turn, growing: Growing) -> None:
        if isinstance(event, Trace):
            turn.whole(answers.answer_html(event.answer, turn.key, searched_html(event)))
            held = self._conversation.filters  # perhaps fewer than when it was asked
            self._conversation = replace(self._conversation.after(event.answer), filters=held)
        else:
            growing.add(event)
            turn.grown(growing)

    def _limit(self, filters: Filters) -> None:
        self._conversation = replace(self._conversation, filters=filters)


def _waited(turn: Turn, place: Place) -> Iterator[None]:
    """Wait for the turn of `place`, and show that."""
    for before in place.waits():
        if turn.ended:
            return
        turn.waits(before)
        yield


def _kept(keep: Keep, trace: Trace, seconds: float) -> str:
    """Where the record of an answer is, or why there is none, as HTML."""
    try:
        return answers.kept_html(keep(trace, seconds))
    except ArchiveError as error:
        return answers.unkept_html(str(error))
