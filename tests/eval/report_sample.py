"""A run to report on: real answers from the sample document, judged by hand so that every verdict comes in it."""

from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from types import SimpleNamespace

from eval.cases import Case, Evidence, Nugget
from eval.intervals import Estimate
from eval.judgement import Change, CitationFinding, Judgement, QuoteFinding, SentenceFinding
from eval.report.against import Compared
from eval.report.page import Report
from eval.report.tables import tables_of
from eval.report.view import Calibrated, CalibrationCard, VerdictShare
from eval.runs import Found, Outcome, Provenance, Run
from eval.score import Score, none, of
from eval.support import Flag, Support
from index.document import Span
from rag.question import Question
from rag.record import answer_record

_ASKED = (
    ("1", "who and why", "Why did Moscow reject an attack on the South?",
     "Почему Москва считала наступление на юг недопустимым?", None),
    ("2", "what", "What was said about the Ongjin peninsula?", "Что говорилось об Ондинском полуострове?", None),
    ("3", "what", "What is said of the partisan movement?", "Что говорится о партизанском движении?", None),
    ("4", "where", "What did Khrushchev say about maize in Kazakhstan?",
     "Что говорил Хрущёв о кукурузе в Казахстане?", "absent"),
    ("5", "when", "When was Kaesong taken in 1957?", "Когда в 1957 году был взят Кайдзио?", "near miss"),
)  # fmt: skip
PROVENANCE = Provenance(
    version="0.1.0", commit="c0ffee0", question_set="sample.jsonl", questions="1f" * 32, corpus="2e" * 32, documents=1,
    generation="g-1", model="usem3", settings={"hits": 8, "ways": ["likeness", "words", "names"]},
    composer="extractive", checker="rules/1", seed=7, host="linux, 2 cores", python="3.11.7",
    started="2026-11-25T16:00:00Z", finished="2026-11-25T16:01:00Z", peak_bytes=300_000_000,
)  # fmt: skip


def sample_run(pipeline):
    """Ten questions and their outcomes: borne out, altered, contradicted, refused, broken, undecided."""
    outcomes = [_outcome(pipeline, case) for asked in _ASKED for case in _cases(*asked)]
    return Run(provenance=PROVENANCE, outcomes=tuple(outcomes))


def many(run, count):
    """A run of `count` questions with the answers of `run` over and over."""
    told = zip(range(count), cycle(run.outcomes), strict=False)
    return replace(run, outcomes=tuple(_again(outcome, number, len(run.outcomes)) for number, outcome in told))


def _again(outcome, number, size):
    round_ = number // size
    case = replace(outcome.case, id=f"{outcome.case.id}-{round_}", pair=f"{outcome.case.pair}-{round_}")
    return replace(outcome, case=case)


def _cases(pair, kind, english, russian, absence):
    for language, question in (("en", english), ("ru", russian)):
        yield Case(
            id=f"{pair}-{language}", pair=pair, language=language, question=question, answerable=absence is None,
            absence=absence, kind=kind,
            evidence=() if absence else (_EVIDENCE,),
            nuggets=() if absence else _NUGGETS,
            grades={} if absence else {"112133": 3},
        )  # fmt: skip


_EVIDENCE = Evidence(
    document_id="112133",
    words={
        "en": "As concerns a partial operation to seize Ongjin peninsula and the region of Kaesong",
        "ru": "Что касается частной операции по захвату Ондинского полуострова и района Кайдзио",
    },
    leaves=("30", "31"),
)
_NUGGETS = (
    Nugget(text="It would be the beginning of a war.", vital=True, patterns={"en": ("war",), "ru": ("войн",)}),
    Nugget(text="North Korea is not prepared.", vital=False, patterns={"en": ("prepared",), "ru": ("подготовлен",)}),
)


def _outcome(pipeline, case):
    if case.id == "5-ru":
        return Outcome(case=case, error="ModelError: the model could not be loaded")
    trace = pipeline.trace(Question.of(case.question))
    seconds = trace.seconds | {"whole": sum(trace.seconds.values())}
    record = answer_record(trace.answer, seconds=seconds["whole"], id_=case.id)
    found = tuple(
        Found(passage_id=hit.passage.id, document_id=hit.document.id, score=hit.score, spans=hit.passage.spans)
        for hit in trace.search.hits
    )
    judgement = judged(case.id, record)
    return Outcome(
        case=case, answer=record, found=found, seconds=seconds, repeats=2, flips=int(case.id == "3-ru"),
        judgement=judgement, scores=_scores(case, judgement),
    )  # fmt: skip


def judged(id_, record):
    """The findings on a record, by hand: as they should be for the first pair; with faults for the others."""
    refused = record["abstained"]
    faulty = {"2-en": "altered", "2-ru": "absent", "3-en": "undecided", "5-en": "unsupported"}.get(id_, "")
    sentences = [_sentence(one, faulty) for one in record["statements"]]
    heading = SentenceFinding(text="The archive has this:", worthy=False)
    unchecked = ("A quotation of three words is too short to be looked for.",) if faulty else ()
    return Judgement(id=id_, refused=refused, sentences=(heading, *sentences), unchecked=unchecked)


def _sentence(statement, faulty):
    return SentenceFinding(
        text=statement["text"] + (" This was in 1957." if faulty == "altered" else ""),
        worthy=True,
        support=_support(statement["text"], faulty),
        elsewhere="archive" if faulty == "unsupported" else "uncited" if faulty == "undecided" else None,
        quotations=tuple(_quotation(one, faulty) for one in statement["citations"]),
        citations=tuple(_citation(one, faulty) for one in statement["citations"]),
    )


def _support(text, faulty):
    told = {
        "": ("supported", 0.97, "all of it stands in the source", 0.9),
        "altered": ("contradicted", 0.8, "number 1957 not in the cited source; nearest 1949", 0.1),
        "absent": ("unsupported", 0.2, "the source covers little of it", 0.1),
        "undecided": ("undecided", 0.5, "the source covers half of it", None),
        "unsupported": ("unsupported", 0.1, "the source is of something else", 0.1),
    }[faulty]
    at = len(text) + len(" This was in ")
    number = Flag(kind="number", words="1957", span=Span(at, at + 4), reason="not in the cited source", instead="1949")
    hint = Flag(kind="negation", words="not", span=Span(0, 3), reason="negated here alone")
    verdict, score, reason, p = told
    flags = {"altered": (number,), "undecided": (hint,)}.get(faulty, ())
    return Support(
        verdict=verdict, score=score, reason=reason, by="rules/1", p=p, flags=flags, evidence=(0, Span(0, 9))
    )


def _quotation(citation, faulty):
    place = {
        "source": citation["document_id"],
        "language": citation["language"],
        "span": Span(citation["start"], citation["end"]),
        "stands": citation["words"],
    }
    words = citation["words"]
    if faulty == "altered":
        first, second, *rest = words.split()
        changes = (Change(quoted="never", stands=second, marks=("negation",)),)
        return QuoteFinding(
            words=" ".join((first, "never", *rest)), status="altered", changes=changes, critical=True, located=True,
            occurrences=1, reason="one word differs", **place,
        )  # fmt: skip
    if faulty == "absent":
        return QuoteFinding(
            words="Слова, которых никто не говорил.", status="absent", stands=words[:80], reason="not found"
        )
    status = "typographic" if faulty == "undecided" else "exact"
    return QuoteFinding(words=words, status=status, located=faulty != "unsupported", occurrences=1, **place)


def _citation(citation, faulty):
    levels = {"archive": True, "fond": True, "opis": True, "delo": True, "leaf": faulty != "altered"}
    text = (citation["reference"] or {}).get("text", "no reference")
    if faulty == "absent":
        return CitationFinding(text="АВПРФ, ф. 999, где-то", resolvable=False, well_formed=False, reason="no such fond")
    return CitationFinding(
        text=text, resolvable=True, well_formed=True, sources=(citation["document_id"],), levels=levels,
        exact_leaf=levels["leaf"], overlap=0.5, cited=3, needed=1, twin=faulty != "unsupported",
        supports=_support("", faulty), irrelevant=False,
        reason="leaf 99 is not in this file" if faulty == "altered" else "",
    )  # fmt: skip


def _scores(case, judgement):
    quotes = [one for sentence in judgement.sentences for one in sentence.quotations]
    good = sum(one.status in ("exact", "typographic") for one in quotes)
    fidelity = (
        Score(hits=good, total=len(quotes), reason=f"{good} of {len(quotes)} quotations") if quotes else none("none")
    )
    recall = of(float(not judgement.refused), "found") if case.answerable else none("no answer in the archive")
    refusal = none("answerable") if case.answerable else of(float(judgement.refused), "refused")
    return {"nDCG@10": recall, "quote_fidelity": fidelity, "refusal_recall": refusal}


CARD = CalibrationCard(
    checker="rules/1",
    sets=(
        Calibrated(
            dataset="own sentences, edited", n=400, base=0.5,
            verdicts={
                "supported": VerdictShare(share=0.4, supported=0.95),
                "undecided": VerdictShare(share=0.3, supported=0.5),
                "unsupported": VerdictShare(share=0.3, supported=None),
            },
        ),
    ),
)  # fmt: skip
_CARDS = {
    "nDCG@10": ("How high the documents that answer it stand", "retrieval", "gain by rank", "0 to 1", "Järvelin 2002"),
    "quote_fidelity": ("Quotations word for word", "quotation", "exact and typographic / all", "0 to 1", "Delo"),
}


def _card_of(name):
    title, family, formula, range_, source = _CARDS[name]
    return SimpleNamespace(title=title, family=family, formula=formula, range=range_, source=source)


def _figure(value, n=6, micro=None, excluded=4):
    low, high = max(0, value - 0.1), min(1, value + 0.1)
    macro = Estimate(value=value, low=low, high=high, n=n)
    return SimpleNamespace(macro=macro, micro=micro, excluded=excluded)


def sample_results():
    """Results worked out by nobody: figures by language, kind and period, one of which applies to nothing."""
    quotes = Estimate(value=0.9, low=0.85, high=0.95, n=18)
    nothing = SimpleNamespace(macro=None, micro=None, excluded=10)
    figures = {"nDCG@10": _figure(0.8), "quote_fidelity": _figure(0.9, micro=quotes), "strange": nothing}
    sorts = (("", ""), ("language", "en"), ("language", "ru"), ("kind", "what"), ("kind", "who"), ("period", "1940s"))
    gaps = {"nDCG@10": Estimate(value=-0.05, low=-0.2, high=0.1, n=12)}
    seconds = {
        stage: {
            "median": Estimate(value=time, low=time / 2, high=time * 2, n=9),
            "slowest twentieth": Estimate(value=time * 4, low=time * 3, high=time * 5, n=9),
        }
        for stage, time in (("retrieve", 0.02), ("verify", 0.0), ("whole", 0.03))
    }
    slices = [SimpleNamespace(by=by, value=value, questions=10, figures=figures) for by, value in sorts]
    return SimpleNamespace(slices=slices, gaps=gaps, seconds=seconds, flips=None)


def sample_report(run):
    """The report of a run, with figures worked out by nobody."""
    tables = tables_of(sample_results(), _card_of, ("quote_fidelity", "nDCG@10"), ((0.2, 0.0), (0.5, 0.1), (0.8, 0.2)))
    return Report(run=run, tables=tables, record={"schema": "delo.results/1", "figure": 0.8}, card=CARD)


def sample_comparison(run):
    """A run against itself with other answers to two questions, and figures worked out by nobody."""
    other = replace(run, outcomes=tuple(reversed(run.outcomes)))
    contrast = SimpleNamespace(
        name="quote_fidelity", primary=True, baseline=0.8, new=0.7, pairs=5, p=0.04, holm=0.2, wins=1, ties=6, losses=3,
        difference=Estimate(value=-0.1, low=-0.2, high=0.01, n=10), unpaired=1, detectable=0.15,
    )  # fmt: skip
    minor = SimpleNamespace(**{**vars(contrast), "name": "strange", "primary": False, "holm": None, "detectable": None})
    changed = [
        SimpleNamespace(id="2-en", scores={"quote_fidelity": (1.0, 0.0)}, size=1.0),
        SimpleNamespace(id="1-ru", scores={"quote_fidelity": (0.5, None)}, size=2.0),
        SimpleNamespace(id="nobody's", scores={"strange": (None, 0.25)}, size=0.1),
    ]
    comparison = SimpleNamespace(
        baseline=run.provenance, new=run.provenance, questions=10, only_baseline=1, only_new=0,
        contrasts=[contrast, minor], changed=changed, notes=["their documents differ"],
    )  # fmt: skip
    outcomes = [{outcome.case.id: outcome for outcome in one.outcomes} for one in (run, other)]
    return Compared(comparison=comparison, old=outcomes[0], new=outcomes[1], titles={"quote_fidelity": "Quotations"})


def spoilt(value, payload):
    """`value` with `payload` behind every text in it, but for those that are one of a few words."""
    if isinstance(value, str):
        return f"{value}{payload}"
    if isinstance(value, Span) or not (is_dataclass(value) or isinstance(value, (tuple, list, dict))):
        return value
    if is_dataclass(value):
        told = {
            f.name: getattr(value, f.name) for f in fields(value) if f.name not in _OF_A_FEW or _free(value, f.name)
        }
        return replace(value, **{name: spoilt(one, payload) for name, one in told.items()})
    if isinstance(value, dict):
        return {name: one if name in _OF_A_FEW else spoilt(one, payload) for name, one in value.items()}
    return type(value)(spoilt(one, payload) for one in value)


_OF_A_FEW = {"status", "verdict", "language", "absence", "elsewhere", "kind", "patterns", "schema"}


def _free(value, name):
    return isinstance(value, Case) and name == "kind"
