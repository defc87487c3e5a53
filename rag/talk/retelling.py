"""A follow-up question as a language model tells it, so that it is complete by itself; believed only where it may be.

The model sees what was asked, and what the documents are called, but none of their words. What it says is taken if it
is one question in the right language, keeps what the follow-up names, and names nothing that was not said before.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from index.document import Language
from index.particulars import particulars
from index.store import Index
from rag.errors import LanguageModelError
from rag.llm import LanguageModel
from rag.question import script
from rag.talk.askingwords import telling, words
from rag.talk.turns import Turn

SECONDS = 3.0  # that a reader waits for a question to be understood better than by rules
MOST_TOKENS = 96
MOST_CHARS = 300  # of a question that a reader can take in at a glance
_TURNS = 4  # the last ones; a small model loses the thread of more
_TITLES = 3  # of the documents of each answer
_TITLE_CHARS = 150
_NAMES: dict[Language, str] = {"en": "English", "ru": "Russian"}
_SYSTEM = (
    "You make the last question of a conversation complete, so that it can be understood alone. Put in who, what, "
    "where or when is meant, from the questions before. Use no other names, numbers or dates. Do not answer it. "
    "Write nothing but the question, in one line, in {language}."
)


def retold(text: str, language: Language, turns: Sequence[Turn], index: Index, model: LanguageModel) -> str | None:
    """`text` as `model` makes it complete; None if it fails, takes too long, or what it says is not to be believed."""
    titles = {id_: told for turn in turns[-_TURNS:] for id_, told in index.catalogue.titles(turn.documents).items()}
    try:
        told = model.complete(
            _prompt(text, turns[-_TURNS:], titles),
            system=_SYSTEM.format(language=_NAMES[language]),
            max_tokens=MOST_TOKENS,
            seconds=SECONDS,
        )
    except LanguageModelError:
        return None
    plain = told.strip().strip('"“”«»').strip()
    said = [text, *_said(turns), *chain.from_iterable(map(str, title) for title in titles.values())]
    return plain if _is_question(plain, language) and _keeps_to(plain, text, language, said) else None


def _prompt(text: str, turns: Sequence[Turn], titles: dict[str, tuple[str, str | None]]) -> str:
    lines: list[str] = []
    for turn in turns:
        lines.append(f"Question: {turn.question.text}")
        found = [titles[id_] for id_ in turn.documents[:_TITLES] if id_ in titles]
        lines += [f"Document: {_line(title)} ({date or 'undated'})" for title, date in found]
    return "\n".join((*lines, f"Last question: {text}", "The last question, complete:"))


def _line(title: str) -> str:
    """A title on one line, not too long."""
    return " ".join(title.split())[:_TITLE_CHARS]


def _said(turns: Sequence[Turn]) -> Iterator[str]:
    for turn in turns:
        yield from (turn.question.text, turn.asked, *turn.sentences)


def _is_question(told: str, language: Language) -> bool:
    """Whether these are the words of one question, in this language."""
    one_line = told.endswith("?") and len(told.splitlines()) == 1 and len(told) <= MOST_CHARS
    return one_line and script(told) == language and len(words(told)) > 1


def _keeps_to(told: str, text: str, language: Language, said: Sequence[str]) -> bool:
    """Whether `told` names all that `text` does, and nothing that was never said."""
    known = {named for one in said for named in _named(one, script(one) or language)}
    known |= {("date", key[:end]) for kind, key in known if kind == "date" for end in (len("1949"), len("1949-08"))}
    mine = _named(told, language)
    return _named(text, language) <= mine <= known


def _named(text: str, language: Language) -> set[tuple[str, str]]:
    """The names, numbers and dates of `text`, by their keys; also a name that begins it."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    begins_plainly = not telling(language, first)
    read = ("and " if language == "en" else "и ") + (text[:1].lower() + text[1:] if begins_plainly else text)
    return {(one.kind, one.key) for one in particulars(language, read) if one.kind != "negation"}
