"""The measuring of alignment counts what is right as right and what is wrong as wrong."""

import json
from dataclasses import replace

import pytest

from eval.alignment import Judged, judge, main, measure, paragraph_groups, share
from eval.gold import gold_documents
from index.document import Document, SentenceBead, Source
from index.embed import measure_scale, open_embedder
from index.errors import ArchiveError
from index.model import EmbedderSettings
from index.passage import CutDocument, passages_of
from tests.records import BRIDGE

EVIDENCE = {"ru": "Первый состав вёз уголь и муку.", "en": "The first of them carried coal and flour."}


@pytest.fixture(scope="module")
def model():
    return open_embedder(EmbedderSettings())


@pytest.fixture
def archive(tmp_path):
    """A test archive of one document, whose paragraphs pair one to one, with one question."""
    BRIDGE.write(tmp_path / "archive")
    answers = {
        language: {"paragraph": 1, "text": words[-6:-1], "start": text[1].index(words) + len(words) - 6}
        for (language, words), text in zip(EVIDENCE.items(), (BRIDGE.russian, BRIDGE.english), strict=True)
    }
    question = {"document_id": BRIDGE.number, "pair": "a", "answers": answers, "evidence": EVIDENCE}
    pairs = {"document_id": BRIDGE.number, "pairs": [[[n], [n]] for n in range(3)]}
    (tmp_path / "questions.jsonl").write_text(json.dumps(question) + "\n", encoding="utf-8")
    (tmp_path / "alignment.jsonl").write_text(json.dumps(pairs) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def gold(archive):
    (found,) = gold_documents(archive)
    return found


def test_gold_is_read_where_it_stands(gold):
    assert gold.paragraphs == {((n,), (n,)) for n in range(3)}
    (pair,) = gold.evidence
    assert {language: span.of(gold.document.texts[language]) for language, span in pair.items()} == EVIDENCE


def test_a_right_alignment_is_judged_right(gold, model):
    (cut,) = passages_of([gold.document], model, measure_scale(model))
    judged = judge(gold, cut)
    assert judged.paragraphs == (6, 6)
    assert judged.evidence == (1, 1)
    assert [right for _, right in judged.beads] == [True]


def test_a_wrong_alignment_is_judged_wrong(gold, model):
    (cut,) = passages_of([gold.document], model, measure_scale(model))
    shifted = [SentenceBead({"en": cut.beads[0].spans["en"]}, 0.0)]
    shifted += [
        SentenceBead({"ru": one.spans["ru"], "en": two.spans["en"]}, 0.9)
        for one, two in zip(cut.beads, cut.beads[1:], strict=False)
    ]
    shifted += [SentenceBead({"ru": cut.beads[-1].spans["ru"]}, 0.0)]
    judged = judge(gold, CutDocument(gold.document, tuple(shifted), cut.passages))
    assert judged.evidence == (0, 1)
    assert judged.beads
    assert not any(right for _, right in judged.beads)


def test_passages_that_share_a_paragraph_count_as_one(model):
    found = Document(
        id="1", title="t", date=None, references=(), fields=(), url=None, source=Source(path="/a", sha256="0"),
        texts={"ru": "Мост открыт. " * 300, "en": "The bridge is open. " * 300},
    )  # fmt: skip
    (cut,) = passages_of([found], model, measure_scale(model))
    assert len(cut.passages) > 1
    assert paragraph_groups(cut) == {((0,), (0,))}


def test_a_share_lies_inside_its_interval_and_is_certain_where_all_agree():
    judged = [Judged(str(n), (0, 0), (n % 3 > 0, 1), ()) for n in range(30)]
    found = share(judged, lambda one: [one.evidence])
    assert (found.value, found.n) == (pytest.approx(2 / 3), 30)
    assert found.low < found.value < found.high
    sure = share(judged, lambda _: [(1, 1)])
    assert (sure.low, sure.value, sure.high) == (1, 1, 1)


def test_one_document_in_several_archives_is_one_witness():
    judged = [Judged("a", (0, 0), (1, 1), ())] * 50 + [Judged("b", (0, 0), (0, 1), ())] * 50
    found = share(judged, lambda one: [one.evidence])
    assert (found.low, found.value, found.high) == (0, 0.5, 1)


def test_the_command_prints_its_figures(archive, capsys):
    main([str(archive)])
    told = capsys.readouterr().out
    assert "paragraphs paired right, F1              1.000 [1.000, 1.000]     6" in told
    assert "evidence sentence pairs aligned right    1.000 [1.000, 1.000]     1" in told
    assert "seconds, embedding" in told


@pytest.mark.parametrize("spoil", ["alignment.jsonl", "questions.jsonl"])
def test_a_folder_that_is_no_test_archive_is_refused(archive, spoil, capsys):
    (archive / spoil).write_text("{}\n")
    with pytest.raises(ArchiveError, match=r"is no test archive with its gold alignment: KeyError"):
        list(gold_documents(archive))
    with pytest.raises(SystemExit) as ended:
        main([str(archive)])
    assert ended.value.code == 2
    assert "is no test archive" in capsys.readouterr().err


def test_an_archive_without_a_bilingual_document_is_refused(archive):
    replace(BRIDGE, russian=(), contents="Translation - English").write(archive / "archive")
    with pytest.raises(ArchiveError, match=r"no document in '.*' has both a Russian and an English text"):
        list(measure([archive], EmbedderSettings()))


def test_gold_that_fits_no_place_is_refused(archive):
    question = json.loads((archive / "questions.jsonl").read_text(encoding="utf-8"))
    question["evidence"]["en"] = "These words stand nowhere."
    (archive / "questions.jsonl").write_text(json.dumps(question), encoding="utf-8")
    with pytest.raises(ArchiveError, match="substring not found"):
        list(gold_documents(archive))
