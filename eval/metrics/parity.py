"""Whether a question is served as well in Russian as in English: over pairs of the same question in both.

Translated questions may be easier or harder; a pair shows only that the two were served alike.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from eval.metrics.card import card
from eval.metrics.decision import decision
from eval.metrics.retrieval import documents
from eval.metrics.text import own_words, told_text
from eval.metrics.units import cited_units, collapsed
from eval.runs import Found, Outcome
from eval.score import Score, none, of
from index.document import LANGUAGES, Language, Span
from index.particulars import particulars

PERSISTENCE = 0.9  # of a reader who goes on to the next rank; Webber et al. 2010 show it for the first ten or so
_DEPTH = 10
_GIVEN = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"|\([^)]*\)")  # titles, dates, words of others
_CYRILLIC = ("Ѐ", "ӿ")
_SHOWN = 6  # particulars that a reason names


def gap(english: Score, russian: Score) -> Score:
    """How much better the English question is served.

    Formula: value in English - value in Russian, of the same metric.
    Range: -1 to 1, 0 is best.
    Source: Delo.
    """
    if english.value is None or russian.value is None:
        return none("it does not apply to both")
    return of(english.value - russian.value, f"en {english.value:.3f}, ru {russian.value:.3f}")


def jaccard(one: Collection[object], two: Collection[object]) -> Score:
    """How much two sets share.

    Formula: |A ∩ B| / |A ∪ B|.
    Range: 0 to 1, higher is better.
    Source: Jaccard 1901.
    """
    first, second = frozenset(one), frozenset(two)
    both, either = len(first & second), len(first | second)
    return Score(hits=both, total=either, reason=f"{both} of {either} shared" if either else "nothing on either side")


def rbo(one: Sequence[str], two: Sequence[str], p: float = PERSISTENCE) -> Score:
    """How much two rankings agree, the first ranks weighing most.

    Formula: rank-biased overlap, extrapolated, p = 0.9; rankings may be of different lengths.
    Range: 0 to 1, higher is better.
    Source: Webber, Moffat and Zobel 2010, equation 32.
    """
    short, long = sorted((one, two), key=len)
    if not long:
        return none("nothing on either side")
    s, overlaps = len(short), _overlaps(short, long)
    if not s:
        return of(0, "nothing on one side")
    x_s, x_l = overlaps[s - 1], overlaps[-1]
    deep = sum(x / d * p**d for d, x in enumerate(overlaps, 1))
    past = sum(x_s * (d - s) / (s * d) * p**d for d in range(s + 1, len(long) + 1))
    value = (1 - p) / p * (deep + past) + ((x_l - x_s) / len(long) + x_s / s) * p ** len(long)
    return of(min(1.0, value), f"{x_l} documents shared of {s} and {len(long)}")


def _overlaps(short: Sequence[str], long: Sequence[str]) -> list[int]:
    """How many the two share at each depth of the longer one."""
    first: set[str] = set()
    second: set[str] = set()
    shared = []
    for depth, id_ in enumerate(long):
        second.add(id_)
        if depth < len(short):
            first.add(short[depth])
        shared.append(len(first & second))
    return shared


def content_agreement(one: Outcome, two: Outcome) -> Score:
    """How far two answers tell the same numbers, dates and names.

    Formula: |A ∩ B| / |A ∪ B| of the particulars, by keys that are the same in both languages.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    if one.answer is None or two.answer is None:
        return none("an answer is lacking")
    first, second = (_facts(told_text(answer)) for answer in (one.answer, two.answer))
    score = jaccard(first, second)
    apart = sorted(f"{kind} {key}" for kind, key in first ^ second)
    told = f"; only in one: {', '.join(apart[:_SHOWN])}" if apart else ""
    return Score(hits=score.hits, total=score.total, reason=score.reason + told)


def _facts(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(fact for line in text.split("\n") for fact in _facts_of(line))


@lru_cache(maxsize=16384)  # lines of some 2,000 answers; the two of a pair often quote the same
def _facts_of(line: str) -> frozenset[tuple[str, str]]:
    found = particulars(script(line) or "en", line)
    return frozenset((one.kind, one.key) for one in found if one.kind != "negation")


def decision_agreement(one: Outcome, two: Outcome) -> Score:
    """Whether both questions are answered, or both refused.

    Formula: 1 if both are of one kind: answered, partial, refused; else, or if one ended in an error, 0.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    first, second = decision(one), decision(two)
    return of(float(first == second != "error"), f"{first} and {second}")


def lang_fidelity(texts: Sequence[str], language: Language) -> Score:
    """Share of sentences in the language of the question, what they quote and titles left out.

    Formula: sentences more than half of whose letters, outside quotation marks and brackets, are of the question's
        script / sentences with such letters.
    Range: 0 to 1, higher is better.
    Source: Delo.
    """
    scripts = [found for text in texts if (found := script(_GIVEN.sub(" ", text))) is not None]
    hits = scripts.count(language)
    return Score(hits=hits, total=len(scripts), reason=f"{hits} of {len(scripts)} sentences of its own in {language}")


def script(text: str) -> Language | None:
    """Russian if more than half of the letters are Cyrillic, else English; None without letters."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return None
    cyrillic = sum(_CYRILLIC[0] <= c <= _CYRILLIC[1] for c in letters)
    return "ru" if 2 * cyrillic > len(letters) else "en"


def evidence_bias(found: Sequence[Found], gold: Sequence[Mapping[Language, Span]], language: Language) -> Score:
    """How much more of what was found than of what answers is in the question's language.

    Formula: texts in the question's language / texts, of the first 10 passages, less the same of the gold places.
    Range: -1 to 1, 0 is best.
    Source: Delo.
    """
    sides = [x for passage in found[:_DEPTH] for x in passage.spans]
    wanted = [x for spans in gold for x in spans]
    if not sides or not wanted:
        return none("nothing was found" if not sides else "no place is known that answers it")
    held, due = sides.count(language) / len(sides), wanted.count(language) / len(wanted)
    return of(held - due, f"{held:.2f} of what was found in {language}, {due:.2f} of what answers")


def scores(outcome: Outcome, gold: Sequence[Mapping[Language, Span]]) -> dict[str, Score]:
    """The scores of one question that tell whether its language was kept to."""
    language = outcome.case.language
    texts = own_words(outcome.answer) if outcome.answer else []
    return {
        "lang_fidelity": lang_fidelity(texts, language),
        "evidence_bias": evidence_bias(outcome.found, gold if outcome.case.answerable else (), language),
    }


def pair_scores(english: Outcome, russian: Outcome, twins: Mapping[str, str]) -> dict[str, Score]:
    """The scores of a pair; gaps of all scores that both have."""
    rankings = [documents(outcome.found, twins) for outcome in (english, russian)]
    cited = [collapsed(cited_units(outcome.answer), twins) for outcome in (english, russian)]
    both = {name: gap(english.scores[name], russian.scores[name]) for name in english.scores if name in russian.scores}
    return {f"gap {name}": score for name, score in both.items()} | {
        "Jaccard@10": jaccard(rankings[0][:_DEPTH], rankings[1][:_DEPTH]),
        "RBO": rbo(rankings[0], rankings[1]),
        "citation_Jaccard": jaccard(*cited),
        "content_agreement": content_agreement(english, russian),
        "decision_agreement": decision_agreement(english, russian),
    }


def pairs(outcomes: Sequence[Outcome]) -> dict[str, tuple[Outcome, Outcome]]:
    """The questions asked in both languages, by pair: the English one first."""
    held: dict[str, dict[str, Outcome]] = {}
    for outcome in outcomes:
        held.setdefault(outcome.case.pair, {}).setdefault(outcome.case.language, outcome)
    return {pair: (both["en"], both["ru"]) for pair, both in held.items() if both.keys() >= set(LANGUAGES)}


CARDS = (card("lang_fidelity", lang_fidelity), card("evidence_bias", evidence_bias))
PAIR_CARDS = (
    card("Jaccard@10", jaccard, of="the first 10 documents found in each language", per="pair"),
    card("RBO", rbo, of="documents found in each language", per="pair"),
    card("citation_Jaccard", jaccard, of="leaves cited in each language", per="pair"),
    card("content_agreement", content_agreement, per="pair"),
    card("decision_agreement", decision_agreement, per="pair"),
)
