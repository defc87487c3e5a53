"""Sentences of a language model at the gate: what is stated, what is withheld and why, what is shown of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Span
from rag.answer import Quotation, Sentence, Statement, Withheld
from rag.pointed.marks import marked, unmarked
from rag.pointed.unsayable import masked, settled, unsayable
from rag.question import Question
from rag.verify import Gate
from tests.small_archive import RUSSIAN_ONLY, TYPOGRAPHY

ENGLISH = Question.of("Why did Moscow reject an attack on the South?")
RUSSIAN = Question.of("Почему Москва считала наступление на юг недопустимым?")
SAMPLE = "112133"


@pytest.fixture(scope="module")
def gates(everything, counterparts):
    return {"en": Gate(ENGLISH, everything, counterparts), "ru": Gate(RUSSIAN, everything, counterparts)}


@pytest.fixture(scope="module")
def passed(gates, documents):
    """What is left of a sentence that points at the sentences which have these words."""

    def of(text, *needles, language="en", document=SAMPLE, at=()):
        quotations = tuple(quoted(documents[document], needle) for needle in needles)
        sentence = Sentence(text=text, quotations=quotations, at=at, voice="model", said=text)
        return gates[language].passed(sentence)

    return of


def quoted(document, needle):
    """The quotation of the sentence that has these words."""
    language = "ru" if re.search("[а-я]", needle) else "en"
    text = document.texts[language]
    at = text.index(needle)
    start = max(text.rfind(mark, 0, at) for mark in (". ", "\n")) + 1
    ends = [end + 1 for mark in (".", "\n") if (end := text.find(mark, at + len(needle) - 1)) >= 0]
    span = Span(start, min(ends))
    words = span.of(text)
    span = Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
    return Quotation(document_id=document.id, language=language, words=span.of(text), span=span)


STATED = [
    ("North Korea lacked the superiority that an attack needs.", "necessary superiority", "en"),
    ("Северная Корея не имела превосходства, и наступление сочли недопустимым.", "necessary superiority", "ru"),
    ("The North Korean side was held to be weaker than South Korea.", "необходимого превосходства", "en"),
    ("Shtykov was told to meet Kim Il-sung and Pak Hŏn-yŏng.", "Commission Comrade Shtykov", "en"),
    ("Штыкову поручили встретиться с Ким Ир Сеном.", "Commission Comrade Shtykov", "ru"),
    ("The questions had been raised on August 12, 1949.", "conversation with me on August 12", "en"),
    ("Вопросы были заданы 12 августа 1949 года.", "conversation with me on August 12", "ru"),
    ("Seizing Ongjin would be the beginning of a war.", "seize Ongjin", "en"),
    ("However, Moscow did not allow it.", "necessary superiority", "en"),  # the question's name, cited besides
]


@pytest.mark.parametrize(("text", "needle", "language"), STATED)
def test_what_is_borne_out_is_stated(passed, text, needle, language):
    (statement,) = passed(text, needle, language=language)
    assert isinstance(statement, Statement)
    assert (statement.voice, statement.text) == ("model", text)


WITHHELD = [
    ("The attack was put off for 3 months.", "necessary superiority", "en", "number 3"),
    ("The attack was put off for three months.", "necessary superiority", "en", "number three"),
    ("The questions had been raised on August 13.", "conversation with me on August 12", "en", "date August 13"),
    ("The questions had been raised on August 12, 1950.", "conversation with me on August 12", "en", "12, 1950"),
    ("It was decided on Monday.", "conversation with me on August 12", "en", "date Monday"),
    ("North Korea told Stalin that it was weaker.", "necessary superiority", "en", "name Stalin"),
    ("Stalin held North Korea to be weaker.", "necessary superiority", "en", "name Stalin"),
    ("Petrenko held North Korea to be weaker.", "necessary superiority", "en", "name Petrenko"),
    ("STALIN HELD NORTH KOREA TO BE WEAKER.", "necessary superiority", "en", "name STALIN"),
    ("Северная Корея сообщила Сталину, что слабее.", "necessary superiority", "ru", "имени Сталину"),
    ("Петренко считал Северную Корею слабее.", "necessary superiority", "ru", "имени Петренко"),
    ("Наступление отложили на 3 месяца.", "necessary superiority", "ru", "числа 3"),
]


@pytest.mark.parametrize(("text", "needle", "language", "named"), WITHHELD)
def test_a_claim_that_nothing_cited_bears_out_is_withheld_and_what_is_cited_stays(
    passed, text, needle, language, named
):
    withheld, statement = passed(text, needle, language=language)
    assert isinstance(withheld, Withheld)
    assert (withheld.text, withheld.voice) == (text, "model")
    assert named in withheld.reason
    assert statement.voice == "archive"
    assert "superiority" in statement.citations[0].words or "August 12" in statement.citations[0].words


def test_a_figure_of_the_archive_changed_by_one_is_never_stated(passed):
    assert passed("They asked for 50,000 tons of flour.", "fifty thousand", document=TYPOGRAPHY)[0].voice == "model"
    for figure in ("5,000", "50,001", "500", "15,000"):
        assert isinstance(passed(f"They asked for {figure} tons.", "fifty thousand", document=TYPOGRAPHY)[0], Withheld)


def test_a_name_that_a_pronoun_stands_for_is_cited_with_it(gates, documents):
    text = documents[RUSSIAN_ONLY].texts["ru"]
    assert "Сунгари" in text
    (withheld, _) = gates["ru"].passed(
        Sentence(
            text="Для Сунгари просили рельсы.",
            quotations=(quoted(documents[RUSSIAN_ONLY], "Прошу ускорить"),),
            voice="model",
        )
    )
    assert "Сунгари" in withheld.reason  # no pronoun there that could stand for it


def test_denying_what_the_source_affirms_is_withheld(passed):
    told = "The Korean side does not ask for a delivery of fifty thousand tons of flour, and this request should be"
    withheld, _ = passed(f"{told} granted in the ambassador's opinion.", "fifty thousand", document=TYPOGRAPHY)
    assert "denies" in withheld.reason


def test_a_sentence_that_only_repeats_what_it_points_at_lets_it_speak(passed):
    copied = "The Korean side asks for a delivery of fifty thousand tons of flour"
    (statement,) = passed(copied, "fifty thousand", document=TYPOGRAPHY)
    assert isinstance(statement, Statement)
    whole = quoted_words = statement.citations[0].words
    (repeated,) = passed(" ".join(whole.split()), "fifty thousand", document=TYPOGRAPHY)
    assert (repeated.voice, repeated.citations[0].words) == ("archive", quoted_words)


QUOTES = [
    ("It called the harvest “even worse than last year’s”.", "“even worse than last year’s”", 1),
    ('It called the harvest "even worse than last year\'s".', "“even worse than last year’s”", 1),
    ("It called the harvest «even worse».", "“even worse”", 1),
    ("It called the harvest “a complete disaster for all”.", "a complete disaster for all", 1),
    ("It called the harvest “a disaster", "a disaster", 1),
    ("It called the harvest ‘even worse’ in the soldiers’ words.", "“even worse”", 1),
    ("The flour “should be granted in full” besides.", "“should be granted in full”", 2),
    ("The nurses “opened a field hospital for wounded soldiers” besides.", "“opened a field hospital for", 2),
]


@pytest.mark.parametrize(("text", "told", "citations"), QUOTES)
def test_quotation_marks_stay_only_round_words_that_a_document_has(passed, text, told, citations):
    (statement,) = passed(text, "rice harvest", document=TYPOGRAPHY)
    assert told in statement.text
    assert ("“" in statement.text) == ("“" in told)
    assert len(statement.citations) == citations
    assert all(0 <= at <= len(statement.text) for at in statement.at)


UNSAYABLE = [
    *("see https://a.invalid/x now", "go to evil.example.com", "mail a.b@example.org", "say HERON-4471", "ВЫДРА-5820"),
    *(
        "ZX-4711-QK",
        "HERON 4471",
        "<script>alert(1)</script>",
        "<|im_start|>system",
        "javascript:alert(1)",
        "www.x.com",
    ),
    *("hxxp://spot", "spot dot com", "spot[.]com", "boss(at)spot", "h t t p : / / spot", "s p o t . c o m"),
    *("//spot。com", "сводка.рф", "spot точка ру", "[here](spot)", "sp\u043et", "colon slash slash spot"),
    *("APRF, f. 3, op. 65", "АПРФ, ф. 3, оп. 65, д. 776", "фонд 3, опись 65", "document 112133", "192.168.1.1"),
]
SAYABLE = [
    *(
        "The T-34 tanks and MiG-15 fighters of the 1950s",
        "on the 38th parallel",
        "в 1950-х гг. 20-тонные",
        "the U.S. at 5 p.m.",
    ),
    *("1,500.5 tons", "Ил-28, Р-5, F-86A", "СССР 1949 год", "He said: no", "the 2,000-man force", "тов. Штыков"),
]


@pytest.mark.parametrize("words", UNSAYABLE)
def test_what_only_a_quotation_may_hold_is_withheld_and_not_shown(passed, words):
    withheld, statement = passed(f"North Korea was weaker, {words}.", "necessary superiority")
    assert "…" in withheld.text
    assert not re.search(r"invalid|evil|example|4471|5820|4711|<|script:|www|65|112133|168", withheld.text)
    assert statement.voice == "archive"


@pytest.mark.parametrize("words", SAYABLE)
def test_weapons_decades_and_figures_are_no_codes(words):
    assert masked(words) == words


MARKS = [
    *("``…''", "`…'", "`…`", "´…´", "′…′", "''…''", "〝…〞", "❝…❞", "❛…❜", "⹂…⹂", "《…》", "｢…｣", "ʺ…ʺ", "ˮ…ˮ"),
    *("ʼ…ʼ", "❮…❯", "⟪…⟫", "„…»", "‟…”", "＂…＂"),
]


@pytest.mark.parametrize("marks", MARKS)
def test_marks_of_every_kind_go_from_words_that_no_document_has(passed, marks):
    words = marks.replace("…", "a disaster for all")
    (statement,) = passed(f"It called the harvest {words} of them.", "rice harvest", document=TYPOGRAPHY)
    assert statement.text == "It called the harvest a disaster for all of them."


@given(st.lists(st.sampled_from([*UNSAYABLE, *SAYABLE, "and", "the harvest", "f.", "op."]), max_size=6).map(" ".join))
def test_what_is_settled_of_a_growing_text_never_changes(text):
    shown = ""
    for end in range(len(text) + 1):
        now = masked(text[: settled(text[:end])])
        assert now.startswith(shown)
        shown = now
    assert not unsayable(shown)


@given(st.text(alphabet="“”„«»\"'’‘ ab", max_size=30))
def test_marks_are_paired_and_none_is_left_but_apostrophes(text):
    found = marked(text)
    assert found == sorted(found)
    assert all(one.end is None or one.start < one.end for one in found)
    assert not set('“”„«»"') & set(unmarked(text))
    assert unmarked("Stalin's soldiers’ camp don't") == "Stalin's soldiers’ camp don't"


def test_a_sentence_with_pointers_and_no_words_lets_the_documents_speak(passed):
    (statement,) = passed("", "necessary superiority")
    assert (statement.voice, len(statement.citations)) == ("archive", 1)


def test_a_sentence_in_a_third_language_is_withheld(passed):
    withheld, _ = passed("La Corée du Nord n'avait pas la supériorité nécessaire des forces.", "necessary superiority")
    assert "neither English nor Russian" in withheld.reason or "name" in withheld.reason
