"""What a language model is given to answer from: numbered sentences of the documents that were found, and rules.

Both languages stand side by side under one number where they face each other; beside them stand the documents' titles
and dates, and nothing else. Which sentence faces which is told here by their lengths alone, which is enough to read
by; what is shown beside a quotation comes from the catalogue.

What a document says is data. Before a model sees it, it is put on one line, and every sign is exchanged that could pass
for a pointer, a delimiter, a special token of a chat template or the beginning of somebody's turn. What is shown to
readers never comes from here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from index.align import align
from index.document import Document, Language, Span, covering, other
from index.facing import Units
from index.model import Scale
from index.units import sentences_within
from rag.answer import Quotation
from rag.dating import dated
from rag.entry import one_line
from rag.evidence import Evidence
from rag.pointed.instructions import Instructions, instructions
from rag.pointed.pointers import Place
from rag.question import Question
from rag.verify import LEAST_QUOTED_WORDS

MOST_TOKENS = 2_500  # of a prompt; in more, models lose the thread
FEW_TOKENS = 800  # of one for a model on the reader's own machine, which reads some 50 to 200 a second; see DECISIONS
MOST_PASSAGES = 10  # whose sentences are shown
_WINDOW = 10  # sentences of a passage that are all shown; of a longer one the best, and those beside them
_BEST = 3  # such sentences
_NEAR_BEST = 0.5  # of the best passage's relevance; documents without such a passage lead a model astray
_LONGEST = 800  # characters of a sentence that a model is shown
_BYTES = 3  # of a token, where the model does not count: English has 4 letters to one, Russian 2 of 2 bytes or less

_SWAPPED = str.maketrans(
    dict.fromkeys("[【［〔⟦〚❲⁅〖﹝⦋{｛﹛❴", "(")
    | dict.fromkeys("]】］〕⟧〛❳⁆〗﹞⦌}｝﹜❵", ")")
    | dict.fromkeys("<＜﹤〈⟨《⟪", "‹")
    | dict.fromkeys(">＞﹥〉⟩》⟫", "›")
    | dict.fromkeys("|｜∣ǀ│", "/")
    | {"`": "'"}
)
_ROLE = re.compile(
    r"\b(system|assistant|user|human|ai|bot|model|tool|developer|instructions?|response|answer|question|"
    r"система|ассистент|пользователь|модель|инструкци[яи]|ответ|вопрос)(\s*)[:：﹕︓]",
    re.IGNORECASE,
)
_LENGTHS_ALONE = Scale(unrelated=0.0, translated=0.0)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence that a model may point at: its place in each text it stands in, `language` the one to be quoted."""

    document: Document
    language: Language
    spans: Mapping[Language, Span]
    score: float

    @property
    def span(self) -> Span:
        """The place that is quoted."""
        return self.spans[self.language]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked: rules and text, and the sentences that its pointers mean."""

    system: str
    text: str
    numbered: Mapping[Place, Numbered]

    def quotations(self, places: Sequence[Place]) -> list[Quotation]:
        """What stands at `places`; sentences that follow each other are one quotation. Unknown places give nothing."""
        runs: list[list[Place]] = []
        for place in places:
            if place not in self.numbered:
                continue
            if runs and self._follows(runs[-1][-1], place):
                runs[-1].append(place)
            else:
                runs.append([place])
        return [self._quotation(run) for run in runs]

    def _follows(self, before: Place, after: Place) -> bool:
        """Whether nothing but white space lies between two sentences."""
        one, two = self.numbered[before], self.numbered[after]
        if one.document.id != two.document.id or one.language != two.language or one.span.end > two.span.start:
            return False
        return not one.document.texts[one.language][one.span.end : two.span.start].strip()

    def _quotation(self, run: Sequence[Place]) -> Quotation:
        first = self.numbered[run[0]]
        span = covering([self.numbered[place].span for place in run])
        words = span.of(first.document.texts[first.language])
        return Quotation(document_id=first.document.id, language=first.language, words=words, span=span)


def prompt(question: Question, evidence: Sequence[Evidence], most: int = MOST_TOKENS, *, both: bool = True) -> Prompt:
    """What to ask a model: the best sentences and those about them, within `most` tokens by `estimated`.

    One sentence is always in it. Without `both` languages each is shown in that of the question, if it stands in it.
    """
    rules = instructions(question.language)
    asked = rules.asked.format(question=harmless(question.text))
    room = most - estimated(rules.system) - estimated(asked)
    shown = partial(_shown, language=question.language, both=both)
    chosen = _chosen(shown, evidence, room)
    documents = list(dict.fromkeys(one.document.id for one in chosen))
    numbered: dict[Place, Numbered] = {}
    lines = [rules.begins]
    for number, id_ in enumerate(documents, 1):
        own = sorted((one for one in chosen if one.document.id == id_), key=lambda one: (one.language, one.span))
        lines.append(_heading(rules, number, own[0].document, question.language))
        for at, one in enumerate(own, 1):
            numbered[number, at] = one
            lines.append(f"[[{number}.{at}]] {shown(one)}")
    text = "\n".join([*lines, rules.ends, "", asked])
    return Prompt(rules.system, text, numbered)


def harmless(words: str) -> str:
    """`words` as a model may see them: on one line, without signs that could be taken for more than words."""
    return _ROLE.sub(r"\1\2 –", one_line(words).translate(_SWAPPED))


def estimated(text: str) -> int:
    """About how many tokens a text has, rather too many."""
    return 1 + len(text.encode("utf-8", "replace")) // _BYTES


def _chosen(shown: Callable[[Numbered], str], evidence: Sequence[Evidence], room: int) -> list[Numbered]:
    """The sentences that are shown, as many as there is room for; the best is always among them."""
    best = evidence[0].relevance
    least = best - (1 - _NEAR_BEST) * abs(best)
    about = {found.hit.document.id for found in evidence if found.relevance >= least}
    near = [found for found in evidence if found.hit.document.id in about][:MOST_PASSAGES]
    chosen: list[Numbered] = []
    for found in near:
        units = list(_units(found))
        for some in (_window(units), _about_best(units, 1), _about_best(units, 0)):
            new = [one for one in some if one not in chosen]
            cost = sum(estimated(shown(one)) + 5 for one in new) + 20
            if cost <= room:
                chosen += new
                room -= cost
                break
        else:
            break
    return chosen or _about_best(list(_units(evidence[0])), 0)


def _window(units: list[Numbered]) -> list[Numbered]:
    """All sentences of a passage, or if they are many the best and those beside them."""
    if len(units) <= _WINDOW:
        return units
    ranked = sorted(range(len(units)), key=lambda n: -units[n].score)[:_BEST]
    return [one for n, one in enumerate(units) if any(abs(n - best) <= 1 for best in ranked)]


def _about_best(units: list[Numbered], beside: int) -> list[Numbered]:
    """The best sentence of a passage, and `beside` on either side."""
    best = max(range(len(units)), key=lambda n: units[n].score)
    return units[max(0, best - beside) : best + beside + 1]


def _units(found: Evidence) -> Iterator[Numbered]:
    """The sentences of a passage, each with what faces it."""
    document, spans = found.hit.document, found.hit.passage.spans
    language = found.sentences[0].language
    scores = {sentence.span: sentence.score for sentence in found.sentences}
    for sides in _facing(document, spans, language):
        lead = language if language in sides else other(language)
        score = max((s for span, s in scores.items() if span.meets(sides[lead])), default=found.relevance - 1)
        yield Numbered(document, lead, sides, score if lead == language else found.relevance - 1)


def _facing(document: Document, spans: Mapping[Language, Span], language: Language) -> Iterator[dict[Language, Span]]:
    """The sentences of a passage with those that face them in the other text, by their lengths."""
    cut = {x: _quotable(document.texts[x], span) for x, span in spans.items()}
    facing = other(language)
    if language not in cut or facing not in cut:
        yield from ({x: span} for x, found in cut.items() for span in found)
        return
    for bead in align(_measured(cut[language]), _measured(cut[facing]), _LENGTHS_ALONE):
        left, right = cut[language][slice(*bead.left)], cut[facing][slice(*bead.right)]
        yield {x: covering(side) for x, side in ((language, left), (facing, right)) if side}


def _quotable(text: str, within: Span) -> list[Span]:
    """The sentences of a stretch; one of too few words to be quoted is joined to the next, or to the one before."""
    found: list[Span] = []
    short: Span | None = None
    for span in sentences_within(text, within):
        joined = covering([short, span]) if short else span
        short = joined if len(joined.of(text).split()) < LEAST_QUOTED_WORDS else None
        if short is None:
            found.append(joined)
    if short is not None:
        found[-1:] = [covering([*found[-1:], short])]
    return found


def _measured(spans: Sequence[Span]) -> Units:
    return Units([span.end - span.start for span in spans], np.zeros((len(spans), 1), np.float32))


def _heading(rules: Instructions, number: int, document: Document, language: Language) -> str:
    date = f" ({harmless(dated(document.date, language))})" if document.date else ""
    return rules.document.format(number=number, title=harmless(document.title)[:_LONGEST], date=date)


def _shown(one: Numbered, language: Language, both: bool) -> str:
    """A sentence as a model sees it, the question's language first, or that alone."""
    sides = sorted(one.spans, key=lambda x: x != language)[: None if both else 1]
    return " | ".join(_cut(harmless(one.spans[x].of(one.document.texts[x]))) for x in sides)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
