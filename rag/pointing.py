"""The composer that lets a language model write: it points at numbered sentences, and code puts them in.

What is shown while a sentence is under way holds no pointer, no quotation mark, and nothing that only a quotation may
hold; a sentence that was said before is not said again. Whether a sentence is stated at all is decided later, at the
gate.
"""

import re
from collections.abc import Iterator, Sequence

from index.document import Language
from rag.answer import Quotation, Remark, Sentence, Words, Written
from rag.errors import LanguageModelError
from rag.evidence import Evidence
from rag.llm import LanguageModel
from rag.pointed.instructions import UNANSWERED
from rag.pointed.marks import MARKS, unmarked
from rag.pointed.pointers import End, Pointer, PointerReader, Read
from rag.pointed.prompt import FEW_TOKENS, MOST_TOKENS, Prompt, prompt
from rag.pointed.remarks import About, about_model
from rag.pointed.unsayable import masked, settled
from rag.question import Question, script

MOST_SENTENCES = 12  # of an answer; a reader wants five
MOST_CHARS = 800  # of a sentence; longer ones are cut there
MOST_QUOTATIONS = 6  # of a sentence; what a model points at besides proves nothing more
MOST_REPEATED = 2  # sentences that were said before; a model that repeats itself more often goes on for ever
MOST_BASELESS = 3  # sentences before the first that rests on anything; who begins so never points
ANSWER_TOKENS = 700  # that a model may write; Russian takes two or three for a word
FEW_ANSWER_TOKENS = 250  # that one on the reader's own machine may, which writes 5 to 50 a second
_SPARE = 64  # tokens that a chat template takes
_LEAST_TOKENS = 200  # of a prompt; with less room nothing can be asked
_OWN_MACHINE = "gguf:"  # how the names of models begin that run here
_TRIES = 4  # prompts, each half as long, before a model is given up as too small
_NOT_PROSE = re.compile(r"\s*(?:`{3,}\w*\s*)?(?:\{|\[\s*[{\"])")
_MAY_BE_PROSE = re.compile(r"\s*(?:`{1,3}\w*\s*)?(?:\[\s*)?")  # so far it cannot be told
_ROUND = re.compile(r"(\S.{1,79}?)\1{3}$", re.DOTALL)  # a model that goes round and round within a sentence
_END = re.compile(r"[.!?…:;][»”“\"'’)]*$")
_UNANSWERED = frozenset((UNANSWERED.casefold(), "noanswer", "нетответа", "unanswered"))


class PointingComposer:
    """Lets `model` write; see Composer."""

    name = "llm"

    def __init__(self, model: LanguageModel) -> None:
        self.language_model = model
        self.model = model.name

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Written]:
        """See Composer. Fewer sentences are sent if the model has no room for them, and a Remark says so.

        Remarks tell too that it found no answer, wrote none, or was stopped.
        """
        most, length = self._most(), self._length()
        for tried in range(_TRIES):
            asked = prompt(question, evidence, most, both=not self._is_near)
            writing = _Writing(question.language, asked)
            pieces = self.language_model.stream(asked.text, system=asked.system, max_tokens=length)
            try:
                yield from writing.of(pieces)
            except LanguageModelError as error:
                if str(error.kind) != "too long" or writing.begun or len(asked.numbered) == 1 or tried + 1 == _TRIES:
                    raise
                most = max(_LEAST_TOKENS, most // 2)
            else:
                if tried:
                    yield Remark(text=about_model("fewer sentences", question.language))
                return
            finally:
                _hang_up(pieces)

    def _most(self) -> int:
        """The tokens of a prompt that the model has room for, and time."""
        most = FEW_TOKENS if self._is_near else MOST_TOKENS
        context = getattr(self.language_model, "context", None)
        if isinstance(context, int):
            most = min(most, context - self._length() - _SPARE)
        return max(_LEAST_TOKENS, most)

    def _length(self) -> int:
        """The tokens that it may write."""
        return FEW_ANSWER_TOKENS if self._is_near else ANSWER_TOKENS

    @property
    def _is_near(self) -> bool:
        """Whether it runs on the reader's own machine."""
        return self.language_model.name.startswith(_OWN_MACHINE)


def _hang_up(pieces: Iterator[str]) -> None:
    """See to it that the request ends, however the reading of its pieces did."""
    if (close := getattr(pieces, "close", None)) is not None:
        close()


class _Stop(Exception):  # noqa: N818 - ends the reading, and is told to nobody
    """A model is stopped, and why, if there is more to say than becomes of its sentences."""

    def __init__(self, why: About | None) -> None:
        self.why = why
        super().__init__(why)


class _Writing:
    """One answer of a model, from its pieces to what a composer gives."""

    def __init__(self, language: Language, asked: Prompt) -> None:
        self._language = language
        self._asked = asked
        self._said: list[str] = []  # what every sentence said, without its typography
        self._repeated = 0
        self._foreign = False
        self._unanswered = False
        self._based = False  # whether any sentence points at something, or quotes
        self._sentence = _Sentence(self._said)
        self.begun = False  # whether the model has written anything

    def of(self, pieces: Iterator[str]) -> Iterator[Written]:
        """What becomes of all that the model writes."""
        why: About | None = None
        try:
            yield from self._read(pieces)
        except _Stop as stop:
            why = stop.why
        if why is None and not self._said:
            why = "no answer" if self._unanswered else "nothing written"
        told: list[About] = [why] if why else []
        yield from map(self._remark, [*told, "other language"] if self._foreign else told)

    def _remark(self, what: About) -> Remark:
        return Remark(text=about_model(what, self._language))

    def _read(self, pieces: Iterator[str]) -> Iterator[Written]:
        reader = PointerReader()
        for piece in self._prose(pieces):
            for token in reader.feed(piece):
                yield from self._written(token)
        for token in reader.close():
            yield from self._written(token)

    def _prose(self, pieces: Iterator[str]) -> Iterator[str]:
        """The pieces, unless they are no prose; told by the first few letters."""
        held, told = "", False
        for piece in pieces:
            self.begun = True
            held += piece
            if not told and _NOT_PROSE.match(held):
                raise _Stop("not prose")
            told = told or not _MAY_BE_PROSE.fullmatch(held)
            if told:
                yield held
                held = ""
        yield held

    def _written(self, token: Read) -> Iterator[Written]:
        match token:
            case str():
                yield from self._sentence.hears(token)
                if why := _endless(self._sentence.text):
                    yield from self._ended(End(self._sentence.text), cut=True)
                    raise _Stop(why)
            case Pointer():
                yield from self._sentence.points(self._asked.quotations(token.places))
            case End():
                yield from self._ended(token)

    def _ended(self, end: End, *, cut: bool = False) -> Iterator[Written]:
        sentence, self._sentence = self._sentence, _Sentence(self._said)
        key = _key(sentence.text)
        if key in _UNANSWERED:
            self._unanswered = True
            return
        if key and key in self._said:
            self._repeated += 1
            if self._repeated >= MOST_REPEATED:
                raise _Stop("repeats itself")
            return
        if not key and not sentence.quotations:
            return
        self._said.append(key)
        self._foreign |= script(sentence.text) not in (self._language, None) and any(map(str.isalpha, sentence.text))
        yield from sentence.whole(end.said, cut=cut)
        self._based |= bool(sentence.quotations) or any(mark in MARKS for mark in end.said)
        if len(self._said) >= MOST_SENTENCES:
            raise _Stop("too long")
        if len(self._said) >= MOST_BASELESS and not self._based:
            raise _Stop(None)


class _Sentence:
    """The sentence under way; what it begins like, `said` already, is held back until it goes another way."""

    def __init__(self, said: Sequence[str]) -> None:
        self.text = ""
        self.quotations: list[Quotation] = []
        self._at: list[int] = []
        self._held = [*said, *_UNANSWERED]
        self._waiting: list[Quotation] = []
        self._shown = 0  # characters of what may be shown of the text

    def hears(self, words: str) -> Iterator[Written]:
        """More of its words; what may be shown of them, and the quotations that waited."""
        self.text += words
        if " " not in words and not self._waiting:
            return  # no further word is complete
        key = _key(self.text)
        if any(said.startswith(key) for said in self._held):
            return
        bare = unmarked(self.text[: self.text.rfind(" ") + 1])  # marks may part what is unsayable in one piece
        shown = masked(bare[: settled(bare)])
        if more := shown[self._shown :]:
            self._shown = len(shown)
            yield Words(text=more)
        yield from self._waiting
        self._waiting = []

    def points(self, quotations: Sequence[Quotation]) -> Iterator[Quotation]:
        """It points at something, each time something else."""
        key = _key(self.text)
        held = bool(key) and any(said.startswith(key) for said in self._held)
        for quotation in quotations:
            if quotation in self.quotations or len(self.quotations) == MOST_QUOTATIONS:
                continue
            self.quotations.append(quotation)
            self._at.append(len(self.text))
            if held:
                self._waiting.append(quotation)
            else:
                yield quotation

    def whole(self, said: str, *, cut: bool) -> Iterator[Written]:
        """What was not shown yet, and the sentence."""
        yield from self._waiting
        unfinished = cut or not (_END.search(self.text) or (self._at and self._at[-1] == len(self.text)))
        text = f"{self.text} …" if unfinished and self.text else self.text
        at = tuple(_word_end(self.text, place) for place in self._at)
        yield Sentence(text=text, quotations=tuple(self.quotations), at=at, voice="model", said=said)


def _word_end(text: str, at: int) -> int:
    """The place of a pointer that was put into the midst of a word: behind it."""
    if not text[at - 1 : at].isalnum():
        return at
    return next((n for n in range(at, len(text)) if not text[n].isalnum()), len(text))


def _endless(text: str) -> About | None:
    """Why a sentence is cut off, if it is."""
    if len(text) > MOST_CHARS:
        return "too long"
    return "repeats itself" if _ROUND.search(text[-4 * 80 :]) else None


def _key(text: str) -> str:
    """What a sentence says, without its typography."""
    return "".join(c for c in text.casefold() if c.isalnum())
