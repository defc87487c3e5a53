"""Passages hold every paragraph once, in order, and are slices of the texts."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document, Source, Span
from index.embed import measure_scale
from index.model import Scale
from index.passage import LONGEST_UNIT, embed_passages, passages_of, units_of
from index.read import read
from tests.strategies import english_texts, paragraphs, russian_texts, russian_words


def document(texts, document_id="1"):
    source = Source(path="/a", sha256="0")
    return Document(
        id=document_id, title="t", date=None, references=(), fields=(), url=None, texts=texts, source=source
    )


@pytest.fixture(scope="module")
def scale(model):
    return measure_scale(model)


def cut(documents, model, scale):
    return {d.id: [e.passage for e in embedded] for d, embedded in passages_of(documents, model, scale)}


@pytest.fixture(scope="module")
def passages(sample, model, scale):
    found = read(sample, sample.read_bytes(), "0").document
    return found, cut([found], model, scale)[found.id]


class TestTheSample:
    def test_its_paragraphs_are_paired_as_a_reader_pairs_them(self, passages):
        found, cut_up = passages

        def numbers(passage, language):
            return [
                n
                for n, paragraph in enumerate(found.paragraphs(language), 1)
                if language in passage.spans and passage.spans[language].holds(paragraph)
            ]

        assert [(numbers(p, "ru"), numbers(p, "en")) for p in cut_up] == [
            ([], [1]), ([1], [2]), ([2, 3], [3]), ([4], [4]), ([5], [5]), ([6], [6]), ([7], [7]), ([8], [8])
        ]  # fmt: skip

    def test_every_pair_is_sure_and_the_english_opening_line_faces_nothing(self, passages):
        _, cut_up = passages
        assert cut_up[0].confidence == 0
        assert all(passage.confidence > 0.7 for passage in cut_up[1:])


@given(russian_texts, english_texts)
@settings(max_examples=25)
def test_passages_hold_every_paragraph_once_in_order_and_are_slices(model, scale, russian, english):
    found = document({"ru": "\n\n".join(["[...]", *russian]), "en": "\n\n".join([*english, "[...]"])})
    passages = cut([found], model, scale)["1"]
    assert [p.id for p in passages] == [f"1:{n:04d}" for n in range(1, len(passages) + 1)]
    for language in ("ru", "en"):
        spans = [p.spans[language] for p in passages if language in p.spans]
        assert all(a.end <= b.start for a, b in pairwise(spans))
        for paragraph in found.paragraphs(language):
            assert sum(span.holds(paragraph) for span in spans) == 1
    assert all(p.texts[x] == found.texts[x][p.spans[x].start : p.spans[x].end] for p in passages for x in p.texts)
    assert all(p.texts.keys() == p.spans.keys() and p.texts for p in passages)


@given(st.lists(paragraphs(russian_words), min_size=1, max_size=5))
@settings(max_examples=10)
def test_a_single_language_gives_a_passage_a_paragraph(model, scale, russian):
    found = document({"ru": "\n\n".join(russian)})
    passages = cut([found], model, scale)["1"]
    assert [dict(p.spans) for p in passages] == [{"ru": span} for span in found.paragraphs("ru")]
    assert all(p.confidence == 0 for p in passages)


@given(
    st.lists(st.sampled_from(["Мост. ", "слово ", "х" * 900, " " * 2500, "Конец! ", "№ 5. "]), min_size=1, max_size=30)
)
@settings(max_examples=60)
def test_a_long_paragraph_is_cut_between_sentences_and_loses_nothing(pieces):
    text = "Начало " + "".join(pieces).strip()
    found = document({"ru": text})
    units = units_of(found, "ru")
    assert "".join("".join(unit.of(text).split()) for unit in units) == "".join(text.split())
    assert all(0 < unit.end - unit.start <= LONGEST_UNIT for unit in units)
    assert all(unit.of(text).strip() for unit in units)
    assert all(a.end <= b.start for a, b in pairwise(units))


def test_a_long_paragraph_of_sentences_is_cut_only_between_them():
    sentence = "Мост через реку открыт для движения поездов"
    text = ". ".join([sentence] * 120) + "."
    units = units_of(document({"ru": text}), "ru")
    assert len(units) > 1
    assert all(unit.of(text).startswith("Мост") and unit.of(text).endswith(".") for unit in units)


def test_a_text_of_nothing_but_a_mark_is_one_unit():
    assert units_of(document({"ru": "[...]"}), "ru") == [Span(0, 5)]


def test_documents_that_are_cut_together_are_cut_as_if_alone(model, scale, sample):
    found = read(sample, sample.read_bytes(), "0").document
    alike = [document(found.texts, "1"), document({"en": "One.\n\nTwo."}, "2"), document(found.texts, "3")]
    together = cut(alike, model, scale)
    assert [p.spans for p in together["1"]] == [p.spans for p in together["3"]]
    assert [p.spans for p in together["1"]] == [p.spans for p in cut([found], model, scale)["112133"]]


def test_vectors_are_those_of_the_sides_as_they_stand(model, scale, sample):
    found = read(sample, sample.read_bytes(), "0").document
    ((_, embedded),) = passages_of([found], model, scale)
    for one in embedded:
        for language, vector in one.vectors.items():
            assert np.allclose(vector, model.passages([one.passage.texts[language]])[0], atol=1e-5)
    again = embed_passages([one.passage for one in embedded], model)
    assert [one.passage for one in again] == [one.passage for one in embedded]
    for one, two in zip(embedded, again, strict=True):
        assert one.vectors.keys() == two.vectors.keys()
        assert all(np.allclose(one.vectors[x], two.vectors[x], atol=1e-5) for x in one.vectors)


def test_a_model_of_one_language_still_pairs_every_paragraph(model, sample):
    found = read(sample, sample.read_bytes(), "0").document
    passages = cut([found], model, Scale(unrelated=0.3, translated=0.35))["112133"]
    for language in ("ru", "en"):
        spans = [p.spans[language] for p in passages if language in p.spans]
        assert all(sum(s.holds(paragraph) for s in spans) == 1 for paragraph in found.paragraphs(language))
