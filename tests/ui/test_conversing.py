"""A conversation on the page: answers that grow, who writes them, limits to remove, several readers at once."""

import time

import pytest

from rag.answer import Quotation, Remark, Sentence, Words
from rag.errors import LanguageModelError
from rag.pipeline import Pipeline
from tests.ui.browsing import ask, serving, site_of
from ui.server.app import build_app

pytestmark = pytest.mark.slow
ENGLISH = "Why did Moscow reject an attack on the South?"
RUSSIAN = "Почему Москва считала наступление на юг недопустимым?"


class Model:
    """Does as a file of orders says."""

    name, model, language_model = "llm", "Model <b>x</b>", None

    def __init__(self, folder):
        self.folder = folder

    def write(self, question, evidence):
        orders = (self.folder / "orders").read_text()
        try:
            yield from self.written(evidence, orders)
        except GeneratorExit:
            (self.folder / f"{orders} closed").touch()
            raise

    def written(self, evidence, orders):
        best = next(s for found in evidence for s in found.sentences)
        words = best.span.of(best.hit.document.texts[best.language])
        true = Quotation(document_id=best.hit.document.id, language=best.language, words=words, span=best.span)
        false = Quotation(document_id="112133", language="en", words="we shall <i>never</i> attack the South")
        yield Remark(text="Fewer <u>sentences</u> were shown.")
        yield Words(text="The reasons were ")
        while "paused" in orders and not (self.folder / "go on").exists():
            time.sleep(0.02)
            yield Words(text="")
        if "breaks" in orders:
            raise LanguageModelError("the connection ended")
        yield true
        yield Words(text="military and political.")
        yield Sentence(text="The reasons were military and political.", quotations=(true,), at=(16,), voice="model")
        yield Words(text="In 1953 all was well. ")
        yield Sentence(text="In 1953 all was well.", quotations=(false,), voice="model")
        while "stays" in orders:
            time.sleep(0.02)
            yield Words(text="")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("conversing")


@pytest.fixture(scope="module")
def address(folder, home):
    with Pipeline.open(home, Model(folder)) as pipeline, serving(build_app(site_of(pipeline))) as address:
        yield address


@pytest.fixture
def orders(folder):
    """Tells the model what to do: "paused" waits until it may go on, "breaks" fails, "stays" writes without end."""
    (folder / "orders").write_text("")
    return (folder / "orders").write_text


def submit(page, question):
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")


def appeared(path):
    deadline = time.monotonic() + 10
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return path.exists()


def test_an_answer_grows_and_what_is_withheld_is_struck_out_where_it_stood(visit, address, orders, folder):
    page = visit(address)
    orders("paused, stays")
    submit(page, ENGLISH)
    under_way = page.locator(".growing .under-way")
    under_way.wait_for()
    assert [told.strip() for told in under_way.locator("p").all_inner_texts()] == [
        "The model's words",
        "The reasons were",
    ]
    assert "Model <b>x</b>, a language model" in page.locator(".growing .byline").inner_text()
    assert page.locator(".growing .remark").text_content() == "Fewer <u>sentences</u> were shown."
    assert page.locator("figure").count() == 0
    page.locator("#question textarea").fill("typed meanwhile")
    (folder / "go on").touch()
    gone = page.locator(".growing .gone")
    gone.wait_for()
    assert gone.locator("s").text_content() == "In 1953 all was well."
    assert gone.locator(".reason").text_content()
    assert page.locator(".growing figure").count() == 1
    assert "The reasons were[1] military" in " ".join(page.locator(".growing .written").first.text_content().split())
    assert page.locator("#question textarea").input_value() == "typed meanwhile"
    assert page.locator(".growing u").count() == 0


@pytest.mark.usefixtures("orders")
def test_a_finished_answer_of_a_model_tells_its_words_from_quotations_and_folds_what_is_withheld(visit, address):
    page = visit(address)
    answer = ask(page, ENGLISH)
    assert answer.locator(".written sup").all_text_contents() == ["[1]"]
    assert [told.split()[0] for told in answer.locator("figure .number").all_inner_texts()] == ["1"]
    assert not answer.get_by_text("In 1953 all was well.").is_visible()
    answer.get_by_text("Withheld sentences: 1").click()
    assert answer.get_by_text("In 1953 all was well.").is_visible()


def test_a_model_that_breaks_off_leaves_what_was_shown_and_the_documents_answer(visit, address, orders):
    orders("breaks")
    answer = ask(visit(address), ENGLISH)
    assert "so the documents alone speak: the connection ended" in answer.locator(".remark").last.text_content()
    assert answer.locator("figure").count() >= 1
    assert answer.locator(".written").count() == 0
    assert "The reasons were" in answer.locator("details.withheld").text_content()


def test_the_next_question_stops_the_work_on_the_one_before(visit, address, orders, folder):
    page = visit(address)
    orders("stays")
    submit(page, ENGLISH)
    page.locator(".growing .gone").wait_for()
    page.get_by_label("documents alone").check()
    answer = ask(page, RUSSIAN)
    assert "недопустимо" in answer.text_content()
    assert page.locator(".written").count() == 2
    assert page.locator(".broken").inner_text() == "The answer was broken off here."
    assert page.locator(".delo.asked").count() == 2
    assert appeared(folder / "stays closed")


def test_closing_the_page_stops_the_work(visit, address, orders, folder):
    page = visit(address)
    orders("stays here")
    submit(page, ENGLISH)
    page.locator(".growing .gone").wait_for()
    page.close()
    assert appeared(folder / "stays here closed")


def test_a_slow_model_of_one_reader_does_not_delay_another_who_asks_the_documents(visit, address, orders):
    slow, quick = visit(address), visit(address)
    orders("stays there")
    submit(slow, ENGLISH)
    slow.locator(".growing .gone").wait_for()
    quick.get_by_label("documents alone").check()
    answer = ask(quick, ENGLISH)
    assert answer.locator(".byline, .written").count() == 0
    assert answer.locator("figure").count() >= 2
    assert quick.get_by_label("documents alone").is_checked()
    assert slow.locator(".growing").count() == 1
    assert quick.locator(".delo.asked").all_text_contents() == [ENGLISH]


FOUR = {
    "en": (
        "Why did Moscow reject an attack on the South?",
        "And what did it say about partisans?",
        "Only before June 1950",
        "And about the Ongjin peninsula?",
        "Understood as",
        "Remove this limit: until May 31, 1950",
    ),
    "ru": (
        "Почему Москва считала наступление на юг недопустимым?",
        "А что говорится о партизанах?",
        "Только до июня 1950 года",
        "А об Ондинском полуострове?",
        "Understood as",
        "Remove this limit: until May 31, 1950",
    ),
}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_four_questions_that_lean_on_each_other_and_a_limit_that_is_removed(visit, address, language):
    page, other = visit(address), visit(address)
    for one in (page, other):
        one.get_by_label("documents alone").check()
    *questions, understood, remove = FOUR[language]
    for question in questions[:3]:
        ask(page, question)
    ask(other, ENGLISH)
    assert other.locator("button[data-kind]").count() == 0
    button = page.get_by_role("button", name=remove)
    button.focus()
    button.press("Enter")
    button.wait_for(state="detached")
    assert page.evaluate("document.activeElement.closest('#question') !== null")
    answer = ask(page, questions[3])
    assert page.locator("button[data-kind]").count() == 0
    assert page.locator(".understood").last.inner_text().startswith(understood)
    assert page.locator(".delo.asked").all_text_contents() == questions
    assert answer.locator("figure").count() >= 1
    assert other.locator(".delo.asked").all_text_contents() == [ENGLISH]
