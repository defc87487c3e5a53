"""Search by words: every word counts, the rarer the more, in the stems of either language."""

import math
import os
import random
import shutil
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexDamagedError
from index.lexical import MOST_OF_A_WORD, LexicalIndex, stems, telling_stems

RUSSIAN = ["мост", "река", "поезд", "уголь", "мука", "завод", "зима", "ф", "оп", "д", "776", "30", "3", "посол"]


@pytest.fixture
def make(tmp_path):
    """An index of texts, given as passage id -> (document id, text of each language)."""
    opened = []

    def make(texts):
        index = LexicalIndex.create(tmp_path / f"words{len(opened)}")
        for passage_id, (document_id, sides) in texts.items():
            index.add(passage_id, document_id, sides.items())
        index.close()
        opened.append(LexicalIndex.open(tmp_path / f"words{len(opened)}"))
        return opened[-1]

    yield make
    for index in opened:
        index.close()


def ids(hits):
    return [passage_id for passage_id, _ in hits]


def bm25(texts, words):
    """Okapi BM25 with k1 = 1.2, b = 0.75, worked out by hand: id -> score."""
    tokens = {id_: Counter(text.split()) for id_, text in texts.items()}
    average = sum(sum(counts.values()) for counts in tokens.values()) / len(tokens)
    scores = dict.fromkeys(texts, 0.0)
    for word in set(words):
        holders = sum(word in counts for counts in tokens.values())
        idf = math.log(1 + (len(texts) - holders + 0.5) / (holders + 0.5))
        for id_, counts in tokens.items():
            often = counts[word]
            norm = 1.2 * (1 - 0.75 + 0.75 * sum(counts.values()) / average)
            scores[id_] += idf * often * 2.2 / (often + norm)
    return {id_: score for id_, score in scores.items() if score > 0}


@pytest.mark.parametrize("seed", range(3))
def test_scores_are_those_of_bm25_worked_out_by_hand(make, seed):
    rng = random.Random(seed)  # noqa: S311 - nothing is kept secret
    texts = {f"p{n}": " ".join(rng.choices(RUSSIAN, k=rng.randint(1, 30))) for n in range(60)}
    texts = {id_: " ".join(stems("ru", text)) for id_, text in texts.items()}
    index = make({id_: (id_, {"ru": text}) for id_, text in texts.items()})
    for _ in range(20):
        words = stems("ru", " ".join(rng.sample(RUSSIAN, 3)))
        found, expected = dict(index.search("ru", words, 100)), bm25(texts, words)
        assert found == pytest.approx(expected, rel=1e-4)
        assert list(found.values()) == sorted(found.values(), reverse=True)


@pytest.mark.parametrize("word", ["ф", "д", "3", "776", "059а", "I", "а"])
def test_one_letter_words_and_numbers_are_found(make, word):
    index = make({"a": ("1", {"ru": f"АПРФ, {word}. 65"}), "b": ("2", {"ru": "другое"})})
    assert ids(index.search("ru", stems("ru", word), 5)) == ["a"]


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("ru", "Мосты через реки", "мост река"),
        ("ru", "о подготовке наступления", "наступление"),
        ("ru", "ещё не начато", "ЕЩЕ"),
        ("ru", "мнение Китай-\nской стороны", "китайской"),
        ("en", "the bridges were opened", "opening bridge"),
        ("en", "the people’s army", "people's"),
    ],
    ids=["plural", "case", "yo and capitals", "line-end hyphen", "english endings", "apostrophe"],
)
def test_forms_of_a_word_are_found(make, language, text, query):
    index = make({"a": ("1", {language: text}), "b": ("2", {language: "zzz"})})
    assert ids(index.search(language, stems(language, query), 5)) == ["a"]


def test_each_language_is_searched_in_its_own_texts(make):
    index = make({"a": ("1", {"ru": "Telegram", "en": "Letter"})})
    assert ids(index.search("ru", ["telegram"], 5)) == ["a"]
    assert index.search("en", ["telegram"], 5) == []


def test_what_shares_no_word_is_not_found(make):
    index = make({"a": ("1", {"ru": "мост"})})
    assert index.search("ru", stems("ru", "река"), 5) == []
    assert index.search("ru", [], 5) == []


def test_only_the_documents_asked_for_are_found_and_their_scores_are_the_same(make):
    index = make({f"{d}:{n}": (d, {"ru": "мост " * (n + 1) + "река"}) for d in "ABC" for n in range(3)})
    everything = dict(index.search("ru", stems("ru", "мост"), 20))
    of_two = dict(index.search("ru", stems("ru", "мост"), 20, {"A", "C", "no such"}))
    assert of_two == {id_: score for id_, score in everything.items() if id_[0] in "AC"}
    assert index.search("ru", stems("ru", "мост"), 20, set()) == []


def test_no_more_are_given_than_asked_for(make):
    index = make({str(n): (str(n), {"ru": "мост"}) for n in range(9)})
    assert len(index.search("ru", stems("ru", "мост"), 4)) == 4


@given(st.text(max_size=60))
def test_any_words_can_be_searched_for(tmp_path_factory, text):
    index = LexicalIndex.create(tmp_path_factory.mktemp("any") / "words")
    index.add("a", "1", [("ru", text), ("en", text)])
    index.close()
    reader = LexicalIndex.open(index._path)
    for language in ("ru", "en"):
        words = stems(language, text)
        assert ids(reader.search(language, words, 5)) == (["a"] if words else [])
    reader.close()


def test_passages_are_found_by_the_names_in_them_the_rarer_the_better(tmp_path):
    index = LexicalIndex.create(tmp_path / "words")
    for n in range(9):
        index.add(f"{n}:1", str(n), [("ru", "текст")], {"=Stalin"} | ({"stikov"} if n == 4 else set()))
    index.add("9:1", "9", [("en", "stikov =Stalin")])
    index.close()
    reader = LexicalIndex.open(tmp_path / "words")
    assert ids(reader.search_names({"stikov"}, 5)) == ["4:1"]
    assert ids(reader.search_names({"=Stalin", "stikov"}, 20))[0] == "4:1"
    assert len(reader.search_names({"=Stalin"}, 20)) == 9
    assert ids(reader.search_names({"=Stalin"}, 20, {"3", "9"})) == ["3:1"]
    assert reader.search_names((), 5) == reader.search_names({"no such"}, 5) == []
    reader.close()


def test_rarity_is_bm25s_weight_of_a_word_or_a_name(tmp_path):
    index = LexicalIndex.create(tmp_path / "words")
    for n in range(9):
        index.add(f"{n}:1", str(n), [("en", "bridge" if n < 3 else "text")], {"stikov"} if n == 4 else ())
    index.close()
    reader = LexicalIndex.open(tmp_path / "words")
    for field, term, held in (("en", *stems("en", "bridge"), 3), ("names", "stikov", 1), ("ru", "мост", 0)):
        assert reader.rarity(field, term) == pytest.approx(math.log(1 + (9 - held + 0.5) / (held + 0.5)))
    (alone,) = reader.search("en", stems("en", "bridge"), 1)
    assert 0 < alone[1] <= MOST_OF_A_WORD * reader.rarity("en", *stems("en", "bridge"))
    assert reader.documents_naming("stikov") == {"4"}
    assert reader.documents_naming("nobody") == set()
    reader.close()


def test_words_that_tell_nothing_are_left_out_of_the_telling_ones():
    assert telling_stems("en", "What was the bridge?") == stems("en", "bridge")
    assert telling_stems("ru", "что за мост и где он") == stems("ru", "мост")
    assert len(stems("en", "What was the bridge?")) == 4


@pytest.mark.parametrize(
    ("language", "question", "bridge"),
    [
        ("en", "What reasons were given against the bridge?", "bridge"),
        ("en", "List the arguments before the bridge.", "bridge"),
        ("en", "What does the document say about the bridge?", "bridge"),
        ("ru", "Что сказано в документе о мосте?", "мосте"),
        ("ru", "Какие доводы приведены против моста?", "моста"),
        ("ru", "Назовите причины, перечислите доводы после моста", "моста"),
    ],
)
def test_words_that_name_the_sort_of_answer_tell_nothing(language, question, bridge):
    assert telling_stems(language, question) == stems(language, bridge)


def test_a_word_longer_than_the_engine_takes_does_not_hide_the_others(make):
    index = make({"a": ("1", {"ru": "начало " + "ы" * 100_000 + " конец"})})
    assert ids(index.search("ru", stems("ru", "конец"), 5)) == ["a"]


def test_a_document_that_is_struck_out_is_no_longer_found(make, tmp_path):
    index = make({"a:1": ("a", {"ru": "мост"}), "a:2": ("a", {"ru": "мост"}), "b:1": ("b", {"ru": "мост"})})
    writer = LexicalIndex.open(index._path)
    writer.remove("a")
    writer.remove("no such")
    writer.add("c:1", "c", [("ru", "мост")])
    writer.close()
    reader = LexicalIndex.open(index._path)
    assert sorted(reader.ids()) == ["b:1", "c:1"]
    assert sorted(ids(reader.search("ru", stems("ru", "мост"), 5))) == ["b:1", "c:1"]
    reader.close()


def test_all_ids_are_given_as_often_as_they_are_there(make):
    index = make({str(n): (str(n), {"en": "x"}) for n in range(30)})
    assert sorted(index.ids()) == sorted(str(n) for n in range(30))
    assert make({}).ids() == []


class TestDamage:
    def test_no_index_is_damage(self, tmp_path):
        with pytest.raises(
            IndexDamagedError, match=r"the words at .* cannot be used: .*; rebuild them with: delo check"
        ):
            LexicalIndex.open(tmp_path)

    @pytest.mark.parametrize("suffix", ["json", "store", "idx", "term"])
    @pytest.mark.parametrize("cut", [True, False], ids=["cut to half", "gone"])
    def test_a_file_that_is_cut_to_half_or_gone_is_damage(self, make, tmp_path, suffix, cut):
        texts = {str(n): (str(n), {"ru": "мост река поезд"}) for n in range(50)}
        copy = shutil.copytree(make(texts)._path, tmp_path / "copy")  # the engine maps files; cutting one kills
        (file,) = (file for file in copy.glob(f"*.{suffix}") if file.name != ".managed.json")
        if cut:
            os.truncate(file, file.stat().st_size // 2)
        else:
            file.unlink()
        with pytest.raises(IndexDamagedError, match="the words at"):
            self.read(copy)

    @staticmethod
    def read(path):
        damaged = LexicalIndex.open(path)
        damaged.search("ru", stems("ru", "мост"), 5)
        damaged.ids()


def test_a_phrase_is_found_in_every_passage_that_has_it(make):
    index = make(
        {
            "a": ("1", {"en": "The attack on the south is prepared."}),
            "b": ("1", {"en": "On the south, an attack; prepared is the south."}),
            "c": ("2", {"en": "An attack on the South was prepared", "ru": "attack on the south"}),
        }
    )
    found, count = index.phrase("en", stems("en", "attack on the south"), 10)
    assert (sorted(found), count) == (["a", "c"], 2)
    assert index.phrase("en", stems("en", "attack on the south"), 1)[1] == 2
    assert index.phrase("ru", stems("ru", "attack on the south"), 10) == (["c"], 1)
    assert index.phrase("en", stems("en", "prepared"), 10)[1] == 3
    assert index.phrase("en", stems("en", "south attack"), 10) == ([], 0)


def test_what_shares_the_rarest_words_comes_first_however_long_it_is(make):
    texts = {f"common{n}": (str(n), {"en": "the of and in the of and in"}) for n in range(30)}
    texts["long"] = ("98", {"en": "Ongjin peninsula partition" + " and other things besides" * 200})
    texts["short"] = ("99", {"en": "the peninsula"})
    index = make(texts)
    assert index.sharing("en", stems("en", "the partition of Ongjin and the peninsula"), 2) == ["long", "short"]
    assert index.sharing("en", stems("en", "the of"), 2)
    assert index.sharing("en", stems("en", "nothing-of-the-sort-here"), 2) == index.sharing("en", ["the", "of"], 2)
    assert index.sharing("en", ["unheard"], 2) == []


@pytest.mark.parametrize(
    ("language", "printed", "meant"),
    [("ru", "Стaлин", "Сталин"), ("ru", "HAM ИР", "Нам Ир"), ("ru", "за\u0301мок", "замок"), ("en", "Kádár", "Kadar")],
)
def test_letters_of_the_wrong_script_and_accents_do_not_hide_a_word(language, printed, meant):
    assert stems(language, printed) == stems(language, meant)
