"""Our own evaluation set is whole: its shares, its evidence, its nuggets, its leaves, and what was planted in it."""

import json
import re
from collections import Counter

import pytest

from eval.cases import read_cases, unfit
from index.sentence import sentences
from index.store import Index
from tests.eval.conftest import SETS

SAMPLE = "112133"
PLANTED = ("800009", "31", "13")  # the number in the original and in the translation
FALSELY_TOLD = {("800004", "negation"), ("800013", "negation"), ("800014", "negation")}  # hints that are none


@pytest.fixture(scope="module")
def documents(own_home):
    with Index.open(own_home) as index:
        return {document.id: document for document in index.catalogue.documents()}


@pytest.fixture(scope="module")
def hostile(overlay_report):
    with Index.open(overlay_report[0]) as index:
        return {document.id: document for document in index.catalogue.documents()}


@pytest.fixture(scope="module")
def cases():
    return read_cases(SETS / "questions.jsonl")


@pytest.fixture(scope="module")
def hostile_cases():
    return read_cases(SETS / "hostile" / "questions.jsonl")


def pairs(cases):
    found = {}
    for case in cases:
        found.setdefault(case.pair, []).append(case)
    return found


def test_every_document_is_read_and_only_those_in_one_language_are_remarked_on(own_report, overlay_report):
    for report, remarked in ((own_report[1], {"800010", "800011"}), (overlay_report[1], set())):
        assert not report.rejected
        assert {path.split("/")[-1].removesuffix(".md") for path, _ in report.remarks} == remarked
    assert len(own_report[1].added) == 17
    assert len(overlay_report[1].added) == 8


def test_every_document_says_on_its_face_that_it_is_made_for_testing(hostile):
    for document in hostile.values():
        if document.id != SAMPLE:
            (reference,) = document.references
            assert document.title.startswith("Test document: ")
            assert document.field("Summary") == "Made for testing Delo; none of this happened."
            assert reference.archive == "Test Archive"
            assert reference.fond
            assert reference.opis
            assert reference.delo
            assert reference.leaves


def test_references_differ(hostile):
    files = [(r.fond, r.opis, r.delo) for d in hostile.values() for r in d.references if d.id != SAMPLE]
    assert len(set(files)) == len(files)


def test_departures_are_told_where_they_were_planted(own_home):
    told = []
    with Index.open(own_home) as index:
        for document in index.catalogue.documents():
            beads = index.catalogue.beads(document) if document.id != SAMPLE else ()
            told += [(document, departure) for bead in beads for departure in bead.departures]
    ((document, departure),) = [(d, one) for d, one in told if one.kind != "negation"]
    assert departure.kind == "number"
    assert (document.id, *(departure.spans[x].of(document.texts[x]) for x in ("ru", "en"))) == PLANTED
    assert {(d.id, one.kind) for d, one in told if one.kind == "negation"} <= FALSELY_TOLD


def test_there_are_enough_questions_in_the_shares_that_are_promised(cases):
    of = Counter(case.absence or "answerable" for case in cases if case.language == "en")
    assert sum(of.values()) >= 60
    assert {kind: count / sum(of.values()) for kind, count in of.items()} == pytest.approx(
        {"answerable": 0.6, "absent": 0.2, "near miss": 0.2}
    )
    on_the_sample = [case for case in cases if SAMPLE in case.documents]
    assert len(pairs(on_the_sample)) == 9


def test_questions_were_written_in_either_language_first():
    lines = [json.loads(line) for line in (SETS / "questions.jsonl").read_text("utf-8").splitlines()]
    first = Counter(line["authored"] for line in lines)
    assert min(first.values()) > 0.4 * len(lines)


def test_pairs_are_complete_and_alike_but_for_the_question(cases, hostile_cases):
    for pair, two in pairs([*cases, *hostile_cases]).items():
        assert sorted(case.language for case in two) == ["en", "ru"], pair
        one, other = two
        assert (one.answerable, one.absence, one.kind) == (other.answerable, other.absence, other.kind)
        assert (one.evidence, one.nuggets) == (other.evidence, other.nuggets)
        for case in two:
            assert bool(re.search("[а-яё]", case.question)) == (case.language == "ru")


def test_all_evidence_stands_in_its_document(cases, hostile_cases, documents, hostile):
    assert list(unfit(cases, documents)) == []
    assert list(unfit(hostile_cases, hostile)) == []
    for case in [*cases, *hostile_cases]:
        assert bool(case.evidence) == case.answerable
        for evidence in case.evidence:
            assert set(evidence.words) == set(hostile[evidence.document_id].languages)


def test_leaves_are_those_that_the_rule_gives(cases, hostile_cases, hostile):
    for case in [*cases, *hostile_cases]:
        for evidence in case.evidence:
            document = hostile[evidence.document_id]
            first, last = (int(leaf) for leaf in document.references[0].leaves[0])
            language = document.languages[0]
            paragraphs = document.paragraphs(language)
            at = document.paragraph_at(language, evidence.spans(document)[language].start) - 1
            leaf = first + at * (last - first + 1) // len(paragraphs)
            wanted = range(first, last + 1) if document.id == SAMPLE else [leaf]
            assert evidence.leaves == tuple(map(str, wanted))


def test_every_answerable_question_has_nuggets_that_its_evidence_has(cases, hostile_cases):
    for case in [*cases, *hostile_cases]:
        if case.answerable:
            assert 2 <= len(case.nuggets) <= 6
            assert any(nugget.vital for nugget in case.nuggets)
        for nugget in case.nuggets:
            for language in ("ru", "en"):
                words = " ".join(e.words[language] for e in case.evidence if language in e.words)
                assert nugget.patterns[language], case.id
                if words:
                    assert any(re.search(p, words) for p in nugget.patterns[language]), (case.id, nugget.text)


def test_the_nuggets_of_a_question_are_not_all_in_the_evidence_of_another(cases):
    asked = [case for case in cases if case.answerable and case.language == "en"]
    for case in asked:
        for other in asked:
            words = [w for e in other.evidence for w in e.words.values()]
            has_all = all(any(re.search(p, w) for p in (*n.patterns["ru"], *n.patterns["en"]) for w in words)
                          for n in case.nuggets)  # fmt: skip
            assert not has_all or set(other.documents) & set(case.documents), (case.id, other.id)


def test_most_questions_are_not_the_documents_own_words(cases, documents):
    told = [_shared(case, documents) for case in cases if case.answerable]
    assert sum(share < 0.75 for share in told) > len(told) / 2


def _shared(case, documents):
    """The share of the question's words of four letters or more that the document has in the same form."""
    words = re.findall(r"\w{4,}", case.question.lower())
    text = documents[case.document_id].texts.get(case.language, "").lower()
    return sum(bool(re.search(rf"\b{word}\b", text)) for word in words) / len(words)


def test_each_hostile_document_has_a_canary_of_its_own_and_a_question(hostile, hostile_cases):
    canaries = json.loads((SETS / "hostile" / "canaries.json").read_text("utf-8"))
    asked = {case.document_id for case in hostile_cases}
    assert set(canaries) == asked == {path.stem for path in (SETS / "hostile").glob("*.md")}
    texts = {id_: "\n".join(document.texts.values()).replace("\u200b", "") for id_, document in hostile.items()}
    for id_, told in canaries.items():
        assert told["form"]
        assert told["obeying"]
        assert [found for found, text in texts.items() if told["canary"] in text] == [id_]
    for case in hostile_cases:
        canary = canaries[case.document_id]["canary"]
        assert not any(canary in words for evidence in case.evidence for words in evidence.words.values())


def test_evidence_is_whole_sentences_of_a_paragraph(cases, documents):
    for case in cases:
        for evidence in case.evidence:
            for language, span in evidence.spans(documents[evidence.document_id]).items():
                document = documents[evidence.document_id]
                paragraph = document.paragraphs(language)[document.paragraph_at(language, span.start) - 1]
                assert span in sentences(document.texts[language], paragraph)
