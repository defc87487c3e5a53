"""Sentences are aligned over the whole document; passages hold every one once, in order, and cut none."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cut import LONGEST_PASSAGE
from index.document import Document, Source
from index.embed import measure_scale
from index.model import Scale
from index.pack import mean_vector, unpacked
from index.passage import passages_of
from index.read import read
from index.units import units_of
from tests.strategies import english_texts, paragraphs, russian_texts, russian_words

LANGUAGES = ("ru", "en")


def document(texts, document_id="1"):
    source = Source(path="/a", sha256="0")
    return Document(
        id=document_id, title="t", date=None, references=(), fields=(), url=None, texts=texts, source=source
    )


@pytest.fixture(scope="module")
def scale(model):
    return measure_scale(model)


def cut(documents, model, scale):
    return {c.document.id: [e.passage for e in c.passages] for c in passages_of(documents, model, scale)}


def beads_of(found, model, scale):
    """The words of both sides of each bead; of one that is lacking, nothing."""
    ((beads),) = (c.beads for c in passages_of([found], model, scale))
    return beads, [[b.spans[x].of(found.texts[x]) if x in b.spans else "" for x in LANGUAGES] for b in beads]


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
        assert all(passage.confidence > 0.9 for passage in cut_up[1:])

    def test_its_sentences_are_paired_as_a_reader_pairs_them(self, passages, model, scale):
        found, _ = passages
        beads, words = beads_of(found, model, scale)
        opening, *rest = zip(beads, words, strict=True)
        assert opening[1][0] == ""
        assert opening[1][1].startswith("Copies to Malenkov")
        assert opening[0].confidence == 0
        assert len(rest) == len(units_of(found, "ru")) == len(units_of(found, "en")) - 1
        assert all(bead.confidence > 0.9 for bead, _ in rest)
        ((russian, english),) = [pair for _, pair in rest if "совершенно неподготовленным" in pair[0]]
        assert "is now completely prepared for" in english
        assert russian.startswith("Поскольку в настоящее время")
        assert english.startswith("Since at present")


@given(russian_texts, english_texts)
@settings(max_examples=15)
def test_beads_hold_every_sentence_once_in_order(model, scale, russian, english):
    found = document({"ru": "\n\n".join(["[...]", *russian]), "en": "\n\n".join([*english, "[...]"])})
    beads, _ = beads_of(found, model, scale)
    for language in LANGUAGES:
        sides = [bead.spans[language] for bead in beads if language in bead.spans]
        assert all(a.end <= b.start for a, b in pairwise(sides))
        units = units_of(found, language)
        assert [unit for side in sides for unit in units if side.holds(unit)] == units
        assert {side.start for side in sides} <= {unit.start for unit in units}
        assert {side.end for side in sides} <= {unit.end for unit in units}
    assert all(bead.spans and (bead.confidence > 0) == (len(bead.spans) == 2) for bead in beads)


@given(russian_texts, english_texts)
@settings(max_examples=15)
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


def sides_of(passages, language):
    return [passage.spans[language] for passage in passages if language in passage.spans]


@given(russian_texts, english_texts)
@settings(max_examples=15)
def test_passages_are_made_of_whole_sentences_and_of_whole_beads(model, scale, russian, english):
    found = document({"ru": "\n\n".join(russian), "en": "\n\n".join(english)})
    ((cut_up),) = passages_of([found], model, scale)
    for embedded in cut_up.passages:
        for language, held in embedded.sides.items():
            span = embedded.passage.spans[language]
            assert list(held.spans) == [unit for unit in units_of(found, language) if span.holds(unit)]
            assert (held.spans[0].start, held.spans[-1].end) == span
    for bead in cut_up.beads:
        holding = [
            e
            for e in cut_up.passages
            if any(e.passage.spans[x].holds(s) for x, s in bead.spans.items() if x in e.sides)
        ]
        assert len(holding) == 1
        assert all(holding[0].passage.spans[x].holds(s) for x, s in bead.spans.items())


def test_a_long_paragraph_is_cut_between_sentences_at_the_same_place_in_both_texts(model, scale):
    russian = [f"Мост номер {n} через реку открыт для движения поездов." for n in range(120)]
    english = [f"Bridge number {n} over the river is open to the traffic of trains." for n in range(120)]
    found = document({"ru": " ".join(russian), "en": " ".join(english)})
    passages = cut([found], model, scale)["1"]
    assert len(passages) > 3
    for passage in passages:
        assert max(len(text) for text in passage.texts.values()) <= LONGEST_PASSAGE
        firsts = {text.split()[2] for text in passage.texts.values()}
        lasts = {text.rsplit(".", 2)[-2].split()[2] for text in passage.texts.values()}
        assert len(firsts) == len(lasts) == 1


PARAGRAPHS = {
    "ru": (
        "Посол сообщил о беседе с министром. Министр просил прислать десять вагонов угля.",
        "Урожай риса в этом году плохой. Крестьяне просят отложить сдачу зерна до весны.",
        "Железная дорога повреждена в трёх местах. Мост восстановят к ноябрю.",
    ),
    "en": (
        "The ambassador reported a conversation with the minister. The minister asked for ten wagons of coal.",
        "This year's rice harvest is poor. The peasants ask to put off the delivery of grain until spring.",
        "The railway is damaged in three places. The bridge will be restored by November.",
    ),
}


@pytest.mark.parametrize(
    ("russian", "english", "expected"),
    [
        ([[0], [1], [2]], [[0, 1, 2]], [([0, 1, 2], [0])]),
        ([[0, 1, 2]], [[0], [1], [2]], [([0], [0, 1, 2])]),
        ([[0], [1], [2]], [[0], [2]], [([0], [0]), ([1], []), ([2], [1])]),
        ([[0], [2]], [[0], [1], [2]], [([0], [0]), ([], [1]), ([1], [2])]),
        ([[0], [1, 2]], [[0, 1], [2]], [([0, 1], [0, 1])]),
    ],
    ids=["joined in the English", "joined in the Russian", "left out", "added", "parted elsewhere"],
)
def test_paragraphs_that_were_joined_left_out_or_added_are_seen_as_such(model, scale, russian, english, expected):
    texts = {
        language: "\n\n".join(" ".join(PARAGRAPHS[language][n] for n in parts) for parts in chosen)
        for language, chosen in zip(LANGUAGES, (russian, english), strict=True)
    }
    found = document(texts)
    numbers = [
        tuple(
            [n for n, paragraph in enumerate(found.paragraphs(x)) if x in p.spans and p.spans[x].meets(paragraph)]
            for x in LANGUAGES
        )
        for p in cut([found], model, scale)["1"]
    ]
    assert numbers == expected


def test_headers_marks_and_notes_of_one_text_face_nothing(model, scale):
    english = [
        "Copies to Malenkov, Molotov and Bulganin.",
        "[...]",
        PARAGRAPHS["en"][0],
        "[Translator's note: the name in the margin is illegible.]",
        *PARAGRAPHS["en"][1:],
    ]
    found = document({"ru": "\n\n".join(["[...]", *PARAGRAPHS["ru"], "[...]"]), "en": "\n\n".join(english)})
    beads, words = beads_of(found, model, scale)
    alone = [en for ru, en in words if not ru]
    assert alone == [english[0], english[3]]
    assert all(ru and en for ru, en in words if en not in alone)
    assert not any("[...]" in side for pair in words for side in pair)
    assert len(beads) == 8


def test_documents_that_are_cut_together_are_cut_as_if_alone(model, scale, sample):
    found = read(sample, sample.read_bytes(), "0").document
    alike = [document(found.texts, "1"), document({"en": "One.\n\nTwo."}, "2"), document(found.texts, "3")]
    together = cut(alike, model, scale)
    assert [p.spans for p in together["1"]] == [p.spans for p in together["3"]]
    assert [p.spans for p in together["1"]] == [p.spans for p in cut([found], model, scale)["112133"]]


def test_vectors_are_those_of_the_sentences_and_of_a_side_their_mean(model, scale, sample):
    found = read(sample, sample.read_bytes(), "0").document
    ((cut_up),) = passages_of([found], model, scale)
    for held in (side for embedded in cut_up.passages for side in embedded.sides.values()):
        language = "ru" if held in [e.sides.get("ru") for e in cut_up.passages] else "en"
        vectors = model.passages([span.of(found.texts[language]) for span in held.spans])
        assert np.allclose(unpacked(held), vectors, atol=2e-3)
        mean = sum((span.end - span.start) * row for span, row in zip(held.spans, vectors, strict=True))
        assert mean_vector(held) @ mean / np.linalg.norm(mean) > 0.9998


def test_a_model_of_one_language_still_pairs_every_paragraph(model, sample):
    found = read(sample, sample.read_bytes(), "0").document
    passages = cut([found], model, Scale(unrelated=0.3, translated=0.35))["112133"]
    for language in ("ru", "en"):
        spans = [p.spans[language] for p in passages if language in p.spans]
        assert all(sum(s.holds(paragraph) for s in spans) == 1 for paragraph in found.paragraphs(language))
