"""Answers on the page: what is stated, what is withheld, what is lacking; and nothing of it is markup but ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import LANGUAGES
from rag.answer import Quotation, Sentence
from rag.compose import ExtractiveComposer
from rag.pipeline import Pipeline
from rag.question import Filters, Question
from rag.talk.limits import Limit
from tests.prepared import sample_index
from tests.ui.shown import NASTY, Shown, squeezed
from ui.page import answers
from ui.page.abstaining import searched_html
from ui.page.cards import Setting
from ui.page.reading import notice_page
from ui.printed.render import visible
from ui.server.tab import MOST_ASKED, MOST_WHOLE, Tab

ENGLISH = "Why did Moscow reject an attack on the South?"
MAIZE = "What did Khrushchev say about maize in Kazakhstan?"
words = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12)
)
told_words = st.lists(words, min_size=1, max_size=5).map(" ".join)


class Scripted:
    """Says one thing that stands in the sample, and one that does not."""

    name = "llm"
    model = "a model <b>"
    language_model = None

    def write(self, question, evidence):
        best = evidence[0].sentences[0]
        true = Quotation(
            document_id="112133", language=best.language, words=best.span.of(best.hit.document.texts[best.language])
        )
        false = Quotation(document_id="112133", language="en", words="we shall <b>never</b> attack the South")
        yield Sentence(text="The reasons were political.", quotations=(true,), voice="model")
        yield Sentence(text="Prose that rests on nothing.", quotations=(false,), voice="model")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return sample_index(tmp_path_factory)


@pytest.fixture(scope="module")
def pipeline(home):
    with Pipeline.open(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def ask(pipeline):
    return lambda text: pipeline.ask(Question.of(text))


def test_what_is_said_and_its_evidence_stand_row_by_row_in_the_order_of_the_numbers(ask):
    answer = ask(ENGLISH)
    markup = answers.answer_html(answer)
    citations = [c for s in answer.statements for c in s.citations]
    rows = markup.split('<div class="beside">')[1:]
    assert len(rows) == len(citations)
    for number, (row, citation) in enumerate(zip(rows, citations, strict=True), 1):
        said, evidence = row.split('<div class="evidence">')
        assert f"[{number}]" in said
        assert f'id="card-1-{number}"' in evidence
        gist = citation if citation.language == "en" else citation.parallel
        assert gist.words in Shown("<div>" + said + "</div>").text("q:en")


def test_an_abstention_gives_its_reason_what_was_searched_and_the_nearest_documents_as_links(pipeline):
    trace = pipeline.trace(Question.of(MAIZE))
    answer = trace.answer
    shown = Shown(answers.answer_html(answer, "1", searched_html(trace)))
    assert answer.abstained
    assert answer.reason in shown.text()
    assert any(href.startswith("/document/112133") for href in shown.hrefs())
    assert "APRF, f. 3, op. 65, d. 776, ll. 30-32" in shown.text("ul")
    told = {language: shown.text("dl", language=language) for language in LANGUAGES}
    passages = str(trace.search.passages)
    assert (
        told["en"]
        == f"Documents1 of 1Passages{passages}TextsRussian, EnglishHowby meaning, by words, by namesLimitsnone"
    )
    assert "по смыслу, по словам, по именам" in told["ru"]


def test_limits_that_held_are_among_what_was_searched(pipeline):
    filters = Filters(persons=("{x} <b>",), languages=("en",))
    told = Shown(searched_html(pipeline.trace(Question.of(MAIZE, filters))))
    assert told.text(language="en").endswith("Limitsnaming {x} <b>")
    assert "TextsEnglish" in told.text(language="en")
    assert told.only_ours()


def test_a_withheld_sentence_is_shown_and_counted_and_a_model_is_named(home):
    with Pipeline.open(home, Scripted()) as pipeline:
        answer = pipeline.ask(Question.of(ENGLISH))
    shown = Shown(answers.answer_html(answer))
    withheld = shown.text("details")
    assert ": 1" in withheld
    assert "Prose that rests on nothing." in withheld
    assert answer.withheld[0].reason in withheld
    assert "written by a model <b>" in shown.text(language="en")
    assert answer.statements[0].citations[0].document.title in shown.text("cite")
    assert shown.only_ours()


def test_the_extractive_composer_is_the_one_not_named(ask):
    assert ask(ENGLISH).composer == ExtractiveComposer.name
    assert "written by" not in answers.answer_html(ask(ENGLISH))


@given(told_words)
def test_a_question_and_a_refusal_are_text(told):
    for markup in (answers.question_html(told, "en"), answers.refusal_html(told, "ru"), notice_page(told)):
        shown = Shown(markup)
        assert shown.only_ours()
        assert squeezed(visible(told)).casefold() in squeezed(shown.text()).casefold()


@given(told_words)
def test_what_a_model_says_and_what_a_question_was_understood_as_are_text(told):
    limit, setting = Limit(kind="persons", value=told), Setting("en")
    markups = [
        *(answers.prose_html(told, [len(told) // 2], [1], setting, growing=growing) for growing in (False, True)),
        *(answers.prose_html(told, (), (), setting, withheld=told), answers.understood_html(told, "ru")),
        *(answers.remark_html(told), answers.byline_html(told), answers.limits_html([limit])),
    ]
    for markup in markups:
        shown = Shown(markup)
        assert shown.only_ours()
        assert squeezed(visible(told)).casefold() in squeezed(shown.text()).replace("[1]", "").casefold()


def test_a_limit_is_removed_by_a_button_that_says_so_and_a_conversation_begun_anew():
    limits = [Limit(kind="before", value="1950-05-31"), Limit(kind="persons", value='"Kim"')]
    shown = Shown(answers.limits_html(limits))
    buttons = [attributes for tag, attributes in shown.tags if tag == "button"]
    assert [(b.get("data-kind"), b.get("data-value")) for b in buttons] == [
        ("before", "1950-05-31"),
        ("persons", '"Kim"'),
        (None, None),
    ]
    assert buttons[2]["data-anew"]
    for language, name in (("en", "Remove this limit: until May 31, 1950"), ("ru", "Снять ограничение: по 31 мая")):
        assert shown.text("button", language=language).startswith(name)
    assert "until" not in Shown(answers.limits_html([])).text()


def test_a_very_long_question_is_cut_and_its_length_told():
    shown = Shown(answers.question_html("слово " * 4000, "ru"))
    assert len(shown.text()) < 500
    assert "всего знаков: 23999" in shown.text(language="ru")


def test_what_is_no_text_can_be_shown_all_the_same():
    assert answers.question_html("half a letter: \ud83d", "en").encode()


@pytest.mark.slow
def test_a_long_conversation_keeps_the_newest_answers_and_is_bounded(pipeline):
    tab, sizes = Tab(), []
    for n in range(MOST_ASKED + 2):
        for _ in tab.ask(pipeline, ENGLISH if n < MOST_WHOLE + 2 else "?", ExtractiveComposer()):
            pass
        sizes.append(len(tab.turns))
        if n == MOST_WHOLE + 1:
            shown = [html for who, html in tab.messages() if who == "assistant"]
            assert ["folded" in html for html in shown] == [True, True] + [False] * MOST_WHOLE
            assert len(tab.limits_html()) > 0
            ids = [i for html in shown for i in Shown(html).ids()]
            assert len(ids) == len(set(ids))
    assert max(sizes) == MOST_ASKED
    assert "no longer shown here: 50" in next(tab.messages())[1]
