"""A conversation: what was asked and found so far, and how the next question is understood by it."""

from dataclasses import replace

from index.document import Language
from index.store import Index
from rag.llm import LanguageModel
from rag.question import Filters, Question, script
from rag.talk.askingwords import ANEW
from rag.talk.leaning import leans
from rag.talk.limits import Limit, LimitKind, limits, without
from rag.talk.retelling import retold
from rag.talk.rewording import reworded
from rag.talk.saiddocuments import pointed_at
from rag.talk.saidlimits import Change, Scope, parted, whole
from rag.talk.saidplaces import Places
from rag.talk.substituting import is_name
from rag.talk.turns import MOST_TURNS, Conversation, Turn

__all__ = ["MOST_TURNS", "Conversation", "Limit", "LimitKind", "Turn", "limits", "understand", "without"]

_LOOKED_AT = 5  # documents, newest first, that may tell the year of "June"


def understand(text: str, conversation: Conversation, index: Index, model: LanguageModel | None = None) -> Question:
    """The question that `text` asks in a conversation: complete by itself, within the filters that hold.

    Its `asked` is `text`, if it was understood as anything else. `model` helps, where one is given; what it makes of
    the question is taken only if every name, number and date of it was said before.

    Raises: QuestionError as Question.of, and if a limit said in words cannot be: a day that never was, a document that
    was not shown.
    """
    plain = " ".join(text.split())
    rest = plain
    if anew := ANEW[script(plain) or "en"].match(plain):
        conversation = Conversation()
        rest = plain[anew.end() :] or plain
    asked = _asked(rest[:1].upper() + rest[1:] if anew else plain, conversation, index, model)
    return asked if asked.text == plain else replace(asked, asked=plain)


def _asked(plain: str, conversation: Conversation, index: Index, model: LanguageModel | None) -> Question:
    Question.of(plain, keywords=True)  # refuses what is empty, too long, or no text
    language = _language(plain, conversation, index)
    scope = _scope(language, conversation, index)
    last = conversation.turns[-1].question if conversation.turns else None
    if last and (change := whole(plain, scope)):
        return replace(last, filters=change.of(conversation.filters), asked=None)
    rest, change = parted(plain, scope)
    pointed = pointed_at(rest, language, conversation, index)
    if pointed:
        rest, change = pointed.text, change + Change(set={"documents": pointed.ids})
    filters = change.of(conversation.filters)
    if last and not rest:
        return replace(last, filters=filters, asked=None)
    if last is None or not leans(language, pointed.plain if pointed else rest):
        return Question.of(rest, filters)
    turns = conversation.turns
    told = (model and retold(rest, language, turns, index, model)) or reworded(language, rest, turns, index.names)
    return Question(text=told, language=language, filters=filters)


def _language(text: str, conversation: Conversation, index: Index) -> Language:
    """The language that `text` is asked in: that of its letters, or of the conversation if it is a name or a number."""
    language = script(text) or "en"
    bare = text.strip(" ?.!")
    tells_nothing = not any(c.isalpha() for c in bare) or is_name(language, bare, index.names)
    return conversation.turns[-1].question.language if conversation.turns and tells_nothing else language


def _scope(language: Language, conversation: Conversation, index: Index) -> Scope:
    """What limits in words are read by: the last answer tells the year, and the archive, that they leave out."""
    ids = [id_ for turn in reversed(conversation.turns) for id_ in turn.documents]
    shown = list(index.catalogue.documents(ids[:_LOOKED_AT]))
    years = [document.date.earliest.year for document in shown if document.date]
    places = Places(index, conversation.filters, shown[0] if shown else None)
    return Scope(language=language, year=years[0] if years else _year(conversation.filters), place=places)


def _year(filters: Filters) -> int | None:
    day = filters.after or filters.before
    return day.year if day else None
