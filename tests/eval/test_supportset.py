"""The generated support set: enough of everything, true labels, the same at every run; and the measure on it."""

import json
from collections import Counter

import pytest

from eval.edited import alarms, measure_checker, measure_judge
from eval.judgement import CitationFinding, Judgement, QuoteFinding, SentenceFinding
from eval.support import Flag, Support
from eval.supportset import CONTROLS, EDITS, OF_CITATIONS, main, pairs, support_set
from eval.truths import read_archive
from index.document import LANGUAGES, Span, other
from index.leaves import relation
from index.store import Index
from rag.lookup import documents_of

pytestmark = pytest.mark.slow
ENOUGH = 40
FEW = {"respelt": 30, "reordered": 1}


@pytest.fixture(scope="module")
def archive(own_home):
    with Index.open(own_home) as index:
        return read_archive(index)


@pytest.fixture(scope="module")
def examples(archive):
    return support_set(archive)


def of(examples, *kinds):
    found = [example for example in examples if example.kind in kinds]
    assert found
    return found


def texts(example):
    return example.answer.sources[0].texts


def bare(example):
    """What the claim says, without the frame of a quotation."""
    return example.claim.quoted or example.claim.text


def test_there_are_enough_of_each_kind_and_language(examples):
    counts = Counter((example.kind, example.claim.language) for example in examples)
    for kind in (*EDITS, *CONTROLS):
        for language in LANGUAGES:
            assert counts[kind, language] >= FEW.get(kind, ENOUGH), (kind, language)


def test_ids_differ_and_claims_of_a_kind_do(examples):
    assert len({example.id for example in examples}) == len(examples)
    claims = {(e.kind, e.claim.text, e.claim.document.id, e.claim.reference) for e in examples}
    assert len(claims) == len(examples)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_set_and_another_seed_another(archive, examples):
    again, another = support_set(archive), support_set(archive, seed=1)
    assert list(pairs(again)) == list(pairs(examples)) != list(pairs(another))
    assert [e.answer for e in again] == [e.answer for e in examples]


def test_a_false_sentence_stands_in_none_of_its_sources(examples):
    for example in examples:
        if not example.true and example.kind not in OF_CITATIONS:
            assert not any(bare(example) in text for text in texts(example).values()), example.id


def test_what_is_copied_or_quoted_stands_in_its_source(examples):
    for example in of(examples, "copied", "quotation", "leaf", "delo"):
        assert bare(example) in texts(example)[example.claim.language]


def test_a_translation_is_held_against_the_other_text_alone(examples):
    for example in of(examples, "translation"):
        assert list(texts(example)) == [other(example.claim.language)]
        assert example.claim.text in example.claim.document.texts[example.claim.language]


def test_some_changed_sentences_are_held_against_the_other_text_alone(examples):
    crossed = Counter(example.kind for example in examples if example.crossed and not example.true)
    assert set(crossed) == {"number", "date", "name", "negation", "quantifier"}
    assert min(crossed.values()) >= ENOUGH / 2


def test_forged_words_stand_nowhere(archive, examples):
    everything = "\n".join(text for document in archive.documents for text in document.texts.values())
    for example in of(examples, "forged"):
        words = bare(example).split()
        assert not any(" ".join(words[n : n + 4]) in everything for n in range(len(words) - 3))


def test_a_sentence_of_another_document_stands_there(archive, examples):
    for example in of(examples, "other document"):
        holders = {d.id for d in archive.documents if example.claim.text in d.texts.get(example.claim.language, "")}
        assert holders
        assert example.claim.document.id not in holders


def test_a_wrong_leaf_lies_in_the_same_file_and_a_wrong_delo_is_not_held(own_home, examples):
    with Index.open(own_home) as index:
        for example in of(examples, "leaf"):
            (reference,) = example.answer.sentences[0].citations[0].references
            own = example.claim.document.references[0]
            assert (reference.fond, reference.opis, reference.delo) == (own.fond, own.opis, own.delo)
            assert relation(reference.leaves, own.leaves) == "same_file"
        for example in of(examples, "delo"):
            assert documents_of(index.catalogue, example.answer.sentences[0].citations[0].text) == ()


def test_every_answer_cites_its_document_but_for_those_that_are_wrong_in_that(examples):
    for example in examples:
        (sentence,) = example.answer.sentences
        (citation,) = sentence.citations
        assert citation.span.of(sentence.text) == citation.text
        assert citation.references
        own = [r.text for r in example.claim.document.references]
        assert (citation.text in own) == (example.kind not in OF_CITATIONS)


def test_quoted_words_stand_where_the_answer_says(examples):
    for example in of(examples, "quotation", "quoted word", "forged"):
        (sentence,) = example.answer.sentences
        (quoted,) = sentence.quotations
        assert quoted.span.of(sentence.text) == quoted.words


def test_no_sentence_stands_in_two_documents(archive):
    for truth in archive.truths:
        told = [d.id for d in archive.documents if f"{truth.text}\n" in d.texts.get(truth.language, "") + "\n"]
        assert set(told) <= {truth.document.id}, truth.text


def test_pairs_are_written_a_line_each(own_home, tmp_path, capsys, examples):
    main([str(own_home), "--most", "5", "--out", str(tmp_path / "pairs.jsonl")])
    lines = [json.loads(line) for line in (tmp_path / "pairs.jsonl").read_text("utf-8").splitlines()]
    assert {line["label"] for line in lines} == {"supported", "unsupported"}
    assert {line["edit"] for line in lines} == {*EDITS, *CONTROLS} - set(OF_CITATIONS)
    assert len(capsys.readouterr().out.splitlines()) == len(EDITS) + len(CONTROLS)


class Copied:
    """Takes for supported what stands in a source, letter by letter."""

    name = "copied"

    def score(self, claim, sources):
        stands = any(claim in source for source in sources)
        verdict = "supported" if stands else "unsupported"
        return Support(verdict=verdict, score=float(stands), reason="looked for it", by=self.name)


class Undecided:
    """Never decides."""

    name = "undecided"

    def score(self, claim, sources):
        return Support(verdict="undecided", score=0.5, reason="who knows", by=self.name)


def test_a_checker_that_knows_copies_alone_finds_all_changes_and_alarms_at_all_paraphrases(examples):
    measured = measure_checker(examples, Copied())
    assert set(measured.recall) == set(EDITS) - set(OF_CITATIONS)
    assert all(tally.hits == tally.total for tally in measured.recall.values())
    assert measured.over(["copied"]).hits == 0
    for kind in ("framed", "respelt", "translation"):
        assert measured.over([kind]).hits == measured.over([kind]).total > 0
    (missed,) = measured.misses
    assert missed.startswith("false alarms")
    assert {example.kind for example in measured.wrong} == set(CONTROLS) - {"copied"}
    assert len(list(measured.lines())) > len(EDITS)


def test_a_checker_that_never_decides_finds_nothing_and_alarms_at_nothing(examples):
    measured = measure_checker(examples, Undecided())
    assert measured.false_alarms.hits == 0
    assert all(tally.hits == 0 for tally in measured.recall.values())
    assert all(row.undecided.hits == row.undecided.total for row in measured.rows.values())
    assert {line.split(":")[0] for line in measured.misses} == {"number", "date", "name", "quoted word", "forged"}


def test_a_judge_is_measured_on_citations_as_well(archive, examples):
    known = {reference.text for document in archive.documents for reference in document.references}

    def judge(answer):
        (sentence,) = answer.sentences
        (cited,) = sentence.citations
        finding = CitationFinding(text=cited.text, resolvable=cited.text in known, well_formed=True)
        return Judgement(id=answer.id, refused=False, sentences=(_found(sentence.text, citations=(finding,)),))

    measured = measure_judge(examples, judge)
    assert {kind for kind, tally in measured.recall.items() if tally.hits} == set(OF_CITATIONS)
    assert measured.over(OF_CITATIONS).hits == measured.over(OF_CITATIONS).total
    assert measured.false_alarms.hits == 0


def _found(text="A sentence.", support=None, quotations=(), citations=()):
    return SentenceFinding(text=text, worthy=True, support=support, quotations=quotations, citations=citations)


def _undecided(kind):
    flag = Flag(kind=kind, words="31", span=Span(0, 2), reason="it is not there")
    return Support(verdict="undecided", score=0.5, reason="", by="me", flags=(flag,))


def _cited(**found):
    return CitationFinding(text="f. 1", **({"resolvable": True, "well_formed": True} | found))


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (_found(support=_undecided("number")), ("number '31'",)),
        (_found(support=_undecided("negation")), ()),
        (_found(quotations=(QuoteFinding(words="x", status="altered"),)), ("quotation altered",)),
        (_found(quotations=(QuoteFinding(words="x", status="typographic"),)), ()),
        (
            _found(quotations=(QuoteFinding(words="x", status="exact", located=False),)),
            ("quotation not where it is cited",),
        ),
        (_found(citations=(_cited(levels={"delo": False}),)), ("citation wrong in delo",)),
        (_found(citations=(_cited(exact_leaf=False),)), ("citation wrong in leaf",)),
        (_found(citations=(_cited(exact_leaf=None),)), ()),
        (_found(citations=(_cited(resolvable=False),)), ("citation of nothing that is held",)),
    ],
)
def test_what_counts_as_an_alarm(finding, told):
    assert alarms(finding) == told
