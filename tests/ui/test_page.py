"""Everything that is shown is text: whatever stands in a document, a question or a message is never markup."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import LANGUAGES, Document, Passage, Source, Span
from rag.answer import Quotation, Sentence
from rag.compose import ExtractiveComposer
from rag.pipeline import Pipeline
from rag.question import Question
from rag.talk.limits import Limit
from tests.prepared import sample_index
from ui.page import answers, reading
from ui.printed.render import visible

ENGLISH = "Why did Moscow reject an attack on the South?"
RUSSIAN = "Почему Москва считала наступление на юг недопустимым?"
OURS = re.findall(
    r"\w+",
    """html head meta title link body main header section div span p h1 h2 h3 ul li dl dt dd a em cite mark
    figure figcaption blockquote details summary table thead tbody tr th td b s q sup button""",
)
NASTY = ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "${alert(1)}", "{{7*7}}", "</td></table>", "`"]
NASTY += [
    '" onload="alert(1)',
    "<mark>",
    "&lt;b&gt;",
    "[x](javascript:alert(1))",
    "$x^2$",
    "\u202egnp.exe",
    "\x07",
    "<!--",
]


class Shown(HTMLParser):
    """What a browser would make of a page: its tags, and its words by the innermost tags of interest."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "link"}:
            self._open.append(f"{tag}:{dict(attrs).get('lang')}" if tag in {"td", "blockquote"} else tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().split(":")[0] == tag

    def handle_data(self, data: str) -> None:
        self.words.append((tuple(self._open), data))

    def text(self, *inside: str) -> str:
        return "".join(words for where, words in self.words if all(tag in where for tag in inside))

    def hrefs(self) -> list[str]:
        return [str(attributes["href"]) for tag, attributes in self.tags if tag == "a"]

    def only_ours(self) -> bool:
        return {tag for tag, _ in self.tags} <= set(OURS) and not any(
            name.startswith("on") or name == "style" for _, attributes in self.tags for name in attributes
        )


def squeezed(text: str) -> str:
    return "".join(text.split())


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
def ask(home):
    with Pipeline.open(home) as pipeline:
        yield lambda text: pipeline.ask(Question.of(text))


@pytest.fixture(scope="module")
def document(home):
    with Pipeline.open(home) as pipeline, pipeline.opened() as index:
        found = index.catalogue.document("112133")
        yield found, index.catalogue.passages(found)


@pytest.mark.parametrize("question", [ENGLISH, RUSSIAN], ids=["en", "ru"])
def test_every_quotation_is_shown_with_both_texts_its_place_and_all_references(ask, question):
    answer = ask(question)
    markup = answers.answer_html(answer)
    shown = Shown(markup)
    citations = [c for s in answer.statements for c in s.citations]
    assert len(citations) >= 2
    for number, citation in enumerate(citations, 1):
        figure = Shown(markup.split("<figure")[number].removeprefix(' class="quotation">').split("</figure>")[0])
        assert figure.text("span").startswith(str(number))
        assert figure.text(f"blockquote:{citation.language}") == citation.words
        assert figure.text(f"blockquote:{citation.parallel.language}") == citation.parallel.words
        assert all(reference.text in figure.text("ul") for reference in citation.references)
        assert str(citation.paragraph) in figure.text("figcaption")
    assert {"en": "September 24, 1949", "ru": "24 сентября 1949 г."}[answer.question.language] in shown.text()
    assert shown.only_ours()


def test_labels_are_in_the_language_of_the_question(ask):
    english, russian = (Shown(answers.answer_html(ask(question))).text() for question in (ENGLISH, RUSSIAN))
    assert all(label in english for label in ("Russian · original", "English · translation", "word for word"))
    assert all(label in russian for label in ("Русский · оригинал", "Английский · перевод", "слово в слово"))


def test_an_abstention_gives_its_reason_and_the_nearest_documents_as_links(ask):
    answer = ask("What did Khrushchev say about maize in Kazakhstan?")
    shown = Shown(answers.answer_html(answer))
    assert answer.abstained
    assert answer.reason in shown.text()
    assert any(href.startswith("document/112133?") for href in shown.hrefs())
    assert "APRF, f. 3, op. 65, d. 776, ll. 30-32" in shown.text("ul")


def test_a_withheld_sentence_is_shown_and_counted_and_a_model_is_named(home):
    with Pipeline.open(home, Scripted()) as pipeline:
        answer = pipeline.ask(Question.of(ENGLISH))
    shown = Shown(answers.answer_html(answer))
    withheld = shown.text("details")
    assert ": 1" in withheld
    assert "Prose that rests on nothing." in withheld
    assert answer.withheld[0].reason in withheld
    assert "written by a model <b>" in shown.text()
    assert answer.statements[0].citations[0].document.title in shown.text("cite")
    assert shown.only_ours()


def test_the_extractive_composer_is_the_one_not_named(ask):
    assert ask(ENGLISH).composer == ExtractiveComposer.name
    assert "written by" not in answers.answer_html(ask(ENGLISH))


words = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12)
)
paragraph = st.lists(words, min_size=1, max_size=4).map(" ".join).filter(lambda text: "\n" not in text and text.strip())


@st.composite
def documents(draw):
    """A document, passages that leave some of its paragraphs out or face nothing, and a place in each text."""
    texts, spans, marks = {}, {}, {}
    for language in LANGUAGES:
        blocks = draw(st.lists(paragraph, min_size=1, max_size=5))
        texts[language] = "\n\n".join(blocks)
        starts = [sum(len(block) + 2 for block in blocks[:n]) for n in range(len(blocks))]
        placed = [Span(a, a + len(block)) for a, block in zip(starts, blocks, strict=True)]
        spans[language] = [span for span in placed if draw(st.booleans())]
        start = draw(st.integers(0, len(texts[language]) - 1))
        marks[language] = Span(start, draw(st.integers(start + 1, len(texts[language]))))
    document = Document(
        id=draw(words), title=draw(words), date=None, references=(), fields=(("Summary", draw(words)),),
        url=None, texts=texts, source=Source(path="/a", sha256="0"),
    )  # fmt: skip
    passages = [
        Passage(
            id=f"x:{n}", document_id=document.id, position=n, confidence=1.0,
            spans=(sides := {language: spans[language][n] for language in LANGUAGES if n < len(spans[language])}),
            texts={language: span.of(texts[language]) for language, span in sides.items()},
        )
        for n in range(max(map(len, spans.values())))
    ]  # fmt: skip
    return document, passages, marks


@given(documents())
def test_a_link_names_its_document_and_places_and_nothing_else(drawn):
    document, _, marks = drawn
    link = answers.document_link(document, marks, "ru")
    path, _, rest = link.partition("?")
    assert path.count("/") == 1
    assert set("<>\"' &?#") & set(path) == set()
    assert all(f"{language}={span.start}-{span.end}-" in rest for language, span in marks.items())
    assert rest.endswith("#place")


@given(st.lists(words, min_size=1, max_size=5).map(" ".join))
def test_a_question_and_a_refusal_are_text(told):
    for markup in (
        answers.question_html(told, "en"),
        answers.refusal_html(told, "ru"),
        reading.notice_page(told),
    ):
        shown = Shown(markup)
        assert shown.only_ours()
        assert squeezed(visible(told)).casefold() in squeezed(shown.text()).casefold()


@given(st.lists(words, min_size=1, max_size=5).map(" ".join))
def test_what_a_model_says_and_what_a_question_was_understood_as_are_text(told):
    limit = Limit(kind="persons", value=told)
    markups = [
        *(answers.prose_html(told, [len(told) // 2], [1], "en", growing=growing) for growing in (False, True)),
        *(answers.prose_html(told, (), (), "ru", withheld=told), answers.understood_html(told, "ru")),
        *(answers.remark_html(told), answers.byline_html(told, "en"), answers.limits_html([limit], "en")),
    ]
    for markup in markups:
        shown = Shown(markup)
        assert shown.only_ours()
        assert squeezed(visible(told)).casefold() in squeezed(shown.text()).replace("[1]", "").casefold()


def test_a_limit_is_removed_by_a_button_that_says_so_and_a_conversation_begun_anew():
    limits = [Limit(kind="before", value="1950-05-31"), Limit(kind="persons", value='"Kim"')]
    for language, name in (("en", "Remove this limit: until May 31, 1950"), ("ru", "Снять ограничение: по 31 мая")):
        shown = Shown(answers.limits_html(limits, language))
        buttons = [attributes for tag, attributes in shown.tags if tag == "button"]
        assert [(b.get("data-kind"), b.get("data-value")) for b in buttons] == [
            ("before", "1950-05-31"),
            ("persons", '"Kim"'),
            (None, None),
        ]
        assert buttons[0]["aria-label"].startswith(name)
        assert buttons[2]["data-anew"]
    assert "Следующий" not in Shown(answers.limits_html([], "ru")).text()


def test_a_very_long_question_is_cut_and_its_length_told():
    shown = Shown(answers.question_html("слово " * 4000, "ru")).text()
    assert len(shown) < 500
    assert "всего знаков: 23999" in shown


def test_what_is_no_text_can_be_shown_all_the_same():
    assert answers.question_html("half a letter: \ud83d", "en").encode()
