"""Named generators for hypothesis: texts of the archive, references, dates, units to align."""

from datetime import date

import numpy as np
from hypothesis import strategies as st

from index.facing import Units

_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяёАБВГДЕЁЖ"
_ENGLISH = "abcdefghijklmnopqrstuvwxyzABCDEF"
_TYPOGRAPHY = "«»„“”\"'’‘–—-‐‑…,.;:!?()[]№§ \u00a0\u2009\u00ad\u200b\n\t0123456789"

russian_words = st.text(_RUSSIAN, min_size=1, max_size=12)
english_words = st.text(_ENGLISH, min_size=1, max_size=12)
texts = st.text(st.sampled_from(_RUSSIAN + _ENGLISH + _TYPOGRAPHY), max_size=120)
any_texts = st.one_of(texts, st.text(max_size=60))  # all of Unicode, as whatever may stand in a file

_ends = st.sampled_from([".", "!", "?", "...", "…", ".»", ".”", ". ", " 3.", ", [5].", ";"])


@st.composite
def paragraphs(draw, words):
    """Prose of one language without a blank line, ending in a letter or a mark."""
    sentences = draw(st.lists(st.lists(words, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=4))
    return " ".join(sentence.capitalize() + draw(_ends) for sentence in sentences).strip()


russian_texts = st.lists(paragraphs(russian_words), min_size=1, max_size=6)
english_texts = st.lists(paragraphs(english_words), min_size=1, max_size=6)

_numbers = st.integers(1, 99999).map(str)
_shelf_numbers = st.one_of(_numbers, _numbers.map(lambda n: f"0{n}"), _numbers.map(lambda n: f"{n}a"))
_leaves = st.one_of(
    st.tuples(_numbers, _numbers), _numbers.map(lambda n: (n, n)), _numbers.map(lambda n: (n, f"{n}ob"))
)
archives = st.sampled_from(["APRF", "AP RF", "AVP RF", "АВП РФ", "RGASPI", "TsKhSD", "TsAMO RF", "ГАРФ", "РГАНИ"])
labels = st.sampled_from(
    [
        ("f. {}", "op. {}", "d. {}", "papka {}", "l. {}", "ll. {}"),
        ("Fond {}", "Opis {}", "Delo {}", "Papka {}", "list {}", "listy {}"),
        ("F.{}", "Op.{}", "D.{}", "Papka {}", "L.{}", "Ll.{}"),
        ("ф. {}", "оп. {}", "д. {}", "папка {}", "л. {}", "лл. {}"),
        ("Ф. {}", "Оп. {}", "Ед. хр. {}", "Папка {}", "Л. {}", "Лл. {}"),
    ]
)


@st.composite
def references(draw):
    """A printed reference, and the parts that were put into it."""
    fond, opis, delo = draw(_shelf_numbers), draw(_shelf_numbers), draw(_shelf_numbers)
    papka = draw(st.none() | _numbers)
    leaves = tuple(draw(st.lists(_leaves, max_size=3)))
    archive, form = draw(archives), draw(labels)
    printed = [a if a == b else f"{a}{draw(st.sampled_from('-–'))}{b}" for a, b in leaves]
    single = len(printed) == 1 and leaves[0][0] == leaves[0][1]
    parts = [form[0].format(fond), form[1].format(opis), form[2].format(delo)]
    parts += [form[3].format(papka)] if papka else []
    parts += [form[4 if single else 5].format(", ".join(printed))] if printed else []
    text = ", ".join([archive, *parts])
    return text, {"archive": archive, "fond": fond, "opis": opis, "delo": delo, "papka": papka, "leaves": leaves}


days = st.dates(date(1900, 1, 1), date(2000, 12, 31))


@st.composite
def units(draw, most=12):
    """The units of a text, with vectors of length 1 as a model would give; some begin a paragraph."""
    count = draw(st.integers(1, most))
    begins = draw(st.sets(st.integers(0, count - 1)))
    lengths = draw(st.lists(st.integers(1, 400), min_size=count, max_size=count))
    seed = draw(st.integers(0, 2**32 - 1))
    vectors = np.random.default_rng(seed).normal(size=(count, 4)).astype(np.float32)
    return Units(lengths, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), sorted(begins))
