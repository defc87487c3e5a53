"""What a reader comes for, from beginning to end: in both languages of the interface, on a desk and on a telephone.

Each journey is gone by mouse and by keyboard in turns, in one tab that stays open; all readers share one server.
"""

import io
import json
import re
from dataclasses import dataclass
from functools import cached_property

import docx
import pytest

from tests.prepared import small_index
from tests.records import Record
from tests.ui.browsing import ask, loaded, served_apart, until
from tests.ui.conftest import SECONDS

REFERENCE = "APRF, f. 3, op. 65, d. 776, ll. 30-32"
FOOTNOTE = "АВП РФ, ф. 059а, оп. 5а, д. 3, п. 11, л. 76"
MISQUOTED = "it is possible to acknowledge that a military attack on the south is now completely prepared for"
CHANGED = ("possible", "impossible")  # what is quoted, and what stands there
ORIGINAL = "нельзя не признать, что военное наступление на юг является сейчас совершенно неподготовленным"
NOTE = "Сверить с APRF <b>завтра</b>"
MOST_STEPS = 120  # of the Tab key, from one control to another
SERVE = """
import sys
from pathlib import Path
from rag.pipeline import Pipeline
from tests.ui.browsing import site_of
from ui.server.serve import serve

home, runs = map(Path, sys.argv[1:])
with Pipeline.open(home) as pipeline:
    site = site_of(pipeline, runs=runs, allow_upload=True)
    serve(site, port=0, announce=lambda line: print(line, flush=True))
"""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a reader of one language asks, and is told."""

    question: str
    then: str
    limited: str
    limit: str
    judged: str
    verdict: str
    exact: str
    reference: str
    citation: str
    leaf: str
    altered: str
    compare: str
    title: str
    judge: str
    otherwise: str
    readers: str
    about: str


TOLD = {
    "en": Told(
        question="Why did Moscow reject an attack on the South?",
        then="And what did it say about partisans?",
        limited="Only before June 1950",
        limit="until May 31, 1950",
        judged="What was said about the Ongjin peninsula?",
        verdict="word for word",
        exact="exact",
        reference="Documents under this reference: 1",
        citation="APRF, f. 3, op. 65, d. 776, ll. 30-32",
        leaf="leaf inside the range",
        altered="Not as quoted: what stands in the archive differs",
        compare="«неподготовленным» is negated",
        title="Quotations from the archive",
        judge="Judge",
        otherwise="Wrong: the archive answers it otherwise",
        readers="What readers said of answers",
        about="Why was the lighthouse on Askold island put out?",
    ),
    "ru": Told(
        question="Почему Москва считала наступление на юг недопустимым?",
        then="А о партизанах?",
        limited="Только до июня 1950 года",
        limit="по 31 мая 1950",
        judged="Что говорится об Ондинском полуострове?",
        verdict="слово в слово",
        exact="точно",
        reference="Документов под этим шифром: 1",
        citation="АПРФ, ф. 3, оп. 65, д. 776, л. 30-32",
        leaf="лист входит в указанные",
        altered="Приведено неверно: в архиве стоит другое",
        compare="«неподготовленным» с отрицанием",
        title="Выписки из архива",
        judge="Оцен",
        otherwise="Неверно: ответ в архиве другой",
        readers="Что читатели сказали об ответах",
        about="Почему погашен маяк на острове Аскольд?",
    ),
}
DESK, TELEPHONE = ("en", 1440), ("ru", 390)
CASES = [DESK, TELEPHONE, ("ru", 1440), ("en", 390)]


def journey(usual):
    """A way that every reader goes: the usual one, if any, whenever tests are run, the others in `make test-slow`."""
    cases = [pytest.param(case, marks=() if case == usual else pytest.mark.slow) for case in CASES]
    return pytest.mark.parametrize(
        "sitting", cases, indirect=True, scope="module", ids=[f"{language}-{width}" for language, width in CASES]
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page of a process of its own, over an index that grows."""
    folder = tmp_path_factory.mktemp("journeys")
    home = small_index(tmp_path_factory)
    with served_apart(SERVE, home, folder / "runs", log=folder / "log") as (address, _):
        yield address


@pytest.fixture(scope="module")
def sitting(request, reader, address):
    """Somebody new sits down; nothing may run that is not ours, nothing be asked of other machines."""
    language, width = request.param
    context = reader.browser.new_context(viewport={"width": width, "height": 844}, locale="en-GB")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    sitting = Sitting(page=page, language=language, width=width, trouble=[])
    context.on("request", lambda asked: asked.url.startswith((address, "data:")) or sitting.trouble.append(asked.url))
    context.on("dialog", lambda dialog: (sitting.trouble.append(dialog.message), dialog.dismiss()))
    context.on("weberror", lambda error: sitting.trouble.append(str(error.error)))
    context.on("console", lambda line: line.type in {"error", "warning"} and sitting.trouble.append(line.text))
    page.goto(address)
    page.locator("#question textarea").wait_for()
    sitting.press(page.locator(f"button[data-interface={language}]"))
    yield sitting
    context.close()


@pytest.fixture
def room(sitting):
    """The tab, with the conversation before its reader."""
    if sitting.page.locator("#desk").is_visible():
        sitting.back()
    yield sitting
    assert sitting.trouble == []


@dataclass(kw_only=True)
class Sitting:
    """A reader at a tab; what they do is done by mouse and by keyboard in turns."""

    page: object
    language: str
    width: int
    trouble: list
    by_mouse: bool = True

    @cached_property
    def told(self):
        return TOLD[self.language]

    @cached_property
    def desk(self):
        return self.page.frame_locator("iframe[name=desk]")

    @property
    def wide(self):
        return self.width > 1000

    def press(self, what):
        """Click it, wherever it is; or go there by Tab, see that it is in sight, and press Enter."""
        self.by_mouse = not self.by_mouse
        if self.by_mouse:
            return what.click()
        what.wait_for()
        for _ in range(MOST_STEPS):
            if what.evaluate("one => one === one.ownerDocument.activeElement && one.ownerDocument.hasFocus()"):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"Tab does not come to {what}")
        assert within(what)
        return self.page.keyboard.press("Enter")

    def ask(self, question):
        return ask(self.page, question)

    def open(self, name, heading):
        """Open a room from the head of the page."""
        self.press(self.page.locator(f".delo-head a[data-room={name}]"))
        self.desk.locator("h1", has_text=heading).wait_for()
        assert self.fits()

    def back(self):
        """Back to the conversation, from whatever lies on the desk."""
        if self.page.locator("#desk [data-back]").is_visible():
            self.page.locator("#desk [data-back]").click()
        self.page.locator("#desk").wait_for(state="hidden")

    def fits(self):
        """Nothing is wider than the window, on the page or on the desk, and from the desk the way back is in sight."""
        wide = "root => root.scrollWidth <= root.clientWidth"
        desk = self.page.locator("#desk")
        laid = desk.is_hidden() or (
            self.desk.locator("html").evaluate(wide)
            and within(desk.locator("[data-back]"))
            and desk.evaluate("desk => Math.abs(desk.getBoundingClientRect().bottom - innerHeight) < 1")
        )
        return laid and self.page.locator("html").evaluate(wide)


def within(what):
    """Whether the middle of something is in sight, and not covered."""
    return what.evaluate(
        """one => {
            const {left, top, width, height} = one.getBoundingClientRect();
            const here = one.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
            return here !== null && (one.contains(here) || here.contains(one));
        }"""
    )


def squeezed(text):
    return " ".join(text.split())


def read(room, card):
    """What a card says in Russian and in English, one beside the other or, on a telephone, below it."""
    russian, english = (squeezed(" ".join(card.locator(f"p[lang={side}]").all_inner_texts())) for side in ("ru", "en"))
    assert re.search("[а-я]{5}", russian)
    assert re.search("[a-z]{5}", english)
    boxes = [card.locator(f".pair p[lang={side}]").first.bounding_box() for side in ("ru", "en")]
    assert (boxes[0]["y"] == boxes[1]["y"]) is room.wide
    said = squeezed(card.inner_text())
    assert all(one in said for one in (room.told.verdict, REFERENCE, "September 24, 1949"))
    return {"ru": russian, "en": english}


def there_and_back(room, link, words):
    """Open the document at a place, see it marked in both texts, and go back as browsers do."""
    link.scroll_into_view_if_needed()
    room.press(link)
    marks = room.desk.locator("mark")
    marks.first.wait_for()
    loaded(room.desk)
    for side in ("ru", "en"):
        assert squeezed(" ".join(room.desk.locator(f"div[lang={side}] mark").all_inner_texts())) == words[side]
    assert within(marks.first)
    reasons = room.desk.locator(f".row details.compare .said[lang={room.language}]")
    assert any(room.told.compare in reason for reason in reasons.all_text_contents())
    assert room.fits()
    room.page.go_back()
    room.page.locator("#desk").wait_for(state="hidden")


@journey(DESK)
def test_from_a_question_to_the_evidence_to_the_document_and_back_and_the_quotation_copied(room):
    page, told = room.page, room.told
    answer = room.ask(told.question)
    card = answer.locator("[data-card]").first
    if room.wide:
        room.press(answer.locator("sup.number a").first)
    else:
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("j")
    assert card.evaluate("card => card === document.activeElement")
    words = read(room, card)
    assert room.fits()
    link = card.locator("a[target=desk]")
    there_and_back(room, link, words)
    assert within(link)
    assert link.evaluate("link => link === document.activeElement")
    copy = card.locator("button.copy")
    room.press(copy)
    card.locator("button.copy.copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert words[card.locator(".cited").first.get_attribute("lang")] in squeezed(copied)
    assert told.citation in copied.replace("–", "-")


@journey(TELEPHONE)
def test_a_question_that_leans_on_the_one_before_and_a_limit_that_is_shown_and_removed(room):
    page, told = room.page, room.told
    room.ask(told.question)
    answer = room.ask(told.then)
    assert page.locator(".understood:visible").last.inner_text()
    assert re.search("partisan|партизан", answer.inner_text())
    room.ask(told.limited)
    limit = page.locator("#held li")
    assert told.limit in limit.inner_text()
    assert within(limit)
    room.press(limit.locator("button"))
    limit.wait_for(state="detached")
    until(page, "document.activeElement.closest('#question') !== null")
    assert room.fits()


def look_up(room, words):
    """Look something up in the room for it; gives what was found."""
    box = room.desk.locator("#sought")
    if not box.is_visible():
        room.open("look-up", "")
    box.fill(words)
    if room.by_mouse:
        box.press("Enter")
    else:
        room.desk.locator("form.looks-up button").click()
    room.desk.locator("#sought", has_text=words).wait_for()
    room.desk.locator("#found h2").wait_for()
    return room.desk.locator("#found")


@journey(DESK)
def test_a_footnote_is_looked_up_and_a_misquoted_sentence_beside_its_original(room):
    told = room.told
    for reference, match in ((FOOTNOTE, told.leaf), (REFERENCE, told.exact)):
        found = look_up(room, reference)
        assert found.locator("h2").inner_text() == told.reference
        assert found.locator(".verdict").inner_text().strip("✓≈ ") == match
        assert found.locator(".nearest a").first.inner_text().startswith("Politburo Decision")
        assert within(found.locator("h2"))
        assert room.fits()
    found = look_up(room, MISQUOTED)
    assert found.locator("h2").inner_text() == told.altered
    assert within(found.locator("h2"))
    difference = found.locator(".differences li").first
    assert (difference.locator("del").inner_text(), difference.locator("ins").inner_text()) == CHANGED
    assert ORIGINAL in squeezed(found.locator("figure p[lang=ru]").inner_text())
    assert room.fits()


def collect(room):
    """Collect a quotation of an answer, one that was looked up, and one selected in a document; gives this one."""
    count = room.page.locator(".delo-head [data-room=notebook] .count")
    card = room.ask(room.told.question).locator("[data-card]").first
    room.press(card.locator("button[data-collect]"))
    until(count, "count => count.textContent === '1'")
    room.press(look_up(room, MISQUOTED).locator("button[data-collect]").first)
    until(count, "count => count.textContent === '2'")
    room.press(room.desk.locator("#found figure a[target=desk]").first)
    selected = select(room, room.desk.locator("p[data-at]", has_text="Moreover, it is necessary"))
    assert room.fits()
    room.press(room.desk.locator(".selection button[data-collect]"))
    until(count, "count => count.textContent === '3'")
    return selected


@journey(None)
def test_three_quotations_are_collected_noted_and_exported(room):
    selected = collect(room)
    room.back()
    room.open("notebook", "")
    room.desk.locator(".collected > li").nth(2).wait_for()
    assert room.desk.locator(".collected > li").count() == 3
    room.desk.locator("textarea[name=note]").last.fill(NOTE)
    assert room.fits()
    files = {kind: exported(room, kind) for kind in ("docx", "md", "ris", "json")}
    holds_three(docx.Document(io.BytesIO(files["docx"])), room.told, selected)
    assert files["md"].decode().replace("–", "-").count(room.told.citation) == 3
    assert files["ris"].decode().startswith("TY  - MANSCPT")
    assert selected in files["ris"].decode()
    (item,) = json.loads(files["json"])  # one for each document
    assert selected in item["note"]


def holds_three(paper, told, selected):
    """The three quotations stand in the Word document, in both languages, each cited, the last one noted."""
    lines = [paragraph.text for paragraph in paper.paragraphs]
    cells = [[squeezed(cell.text) for cell in table.rows[1].cells] for table in paper.tables]
    assert lines[0] == told.title
    assert len(cells) == 3
    for russian, english in cells:
        assert re.search("[а-я]{5}", russian)
        assert re.search("[a-z]{5}", english)
    assert ORIGINAL in cells[1][0]
    assert cells[2][1] == selected
    assert sum(told.citation in line.replace("–", "-") for line in lines) == 3
    assert any(told.compare in line for line in lines)
    assert sum(NOTE in line for line in lines) == 1


def select(room, paragraph):
    """Select the beginning of a paragraph; gives what was selected."""
    paragraph.scroll_into_view_if_needed()
    loaded(room.desk)
    words = "Moreover, it is necessary to consider"
    paragraph.evaluate(
        """(paragraph, words) => {
            const range = paragraph.ownerDocument.createRange();
            const text = [...paragraph.childNodes].find((node) => node.nodeType === 3 && node.data.includes(words));
            range.setStart(text, text.data.indexOf(words));
            range.setEnd(text, text.data.indexOf(words) + words.length);
            paragraph.ownerDocument.getSelection().removeAllRanges();
            paragraph.ownerDocument.getSelection().addRange(range);
        }""",
        words,
    )
    room.desk.locator(".selection").wait_for()
    return words


def exported(room, kind):
    """What the notebook is exported to."""
    room.desk.locator("select[name=format]").select_option(kind)
    with room.page.expect_download() as download:
        room.press(room.desk.locator(".exporting button[type=submit]"))
    assert download.value.suggested_filename.endswith(f".{kind}")
    return download.value.path().read_bytes()


def mark_wrong(room, answer):
    """Say that an answer is wrong, see that it was kept, and go to where it stands."""
    marking = answer.locator(".marking")
    room.press(marking.locator("summary"))
    room.press(marking.locator("[data-mark=otherwise]"))
    link = marking.locator("[role=status] a")
    link.wait_for()
    assert within(link)
    room.press(link)
    case = room.desk.locator(".cases li", has_text=room.told.judged)
    assert room.told.otherwise in case.inner_text()
    assert room.fits()


@journey(None)
def test_an_answer_marked_wrong_becomes_a_case_that_is_run_and_its_report_opens_at_it(room):
    told = room.told
    answer = room.ask(told.judged)
    quoted = answer.locator("[data-card] .cited").first.inner_text()[:40]
    mark_wrong(room, answer)
    room.press(room.desk.locator(".sets li", has_text=told.readers).locator("button"))
    room.desk.locator("progress").wait_for()
    assert room.fits()
    room.desk.locator("h1", has_text="Evaluation").wait_for()
    assert room.fits()
    room.press(room.desk.locator("tr", has_text=told.judged).locator("a[href^='#q']"))
    pair = room.desk.locator("details.pair", has_text=told.judged)
    assert within(pair.locator("summary").first)
    assert pair.get_by_text(quoted).first.is_visible()
    assert room.fits()
    room.press(room.desk.locator("a[href='/judge']"))
    room.desk.locator("h1", has_text=told.judge).wait_for()


@journey(TELEPHONE)
def test_a_file_is_added_and_answers_in_the_same_conversation(room):
    page, told = room.page, room.told
    number = f"72000{CASES.index((room.language, room.width))}"
    record = Record(
        number=number,
        title="Report on a Lighthouse",
        russian=("Маяк на острове Аскольд погашен из-за нехватки керосина.",),
        english=("The lighthouse on Askold island was put out for want of kerosene.",),
    )
    before = page.locator(".delo.asked").count()
    room.open("add", "")
    file = {"name": "letter.txt", "mimeType": "text/plain", "buffer": record.text.encode()}
    room.desk.locator("input[type=file]").set_input_files(file)
    room.press(room.desk.locator("form[data-most] button"))
    preview = room.desk.locator("ol.sent li")
    preview.wait_for()
    assert "Маяк на острове Аскольд" in preview.inner_text()
    assert room.fits()
    room.press(room.desk.locator("form[action='/add/index'] button"))
    room.desk.locator("progress").wait_for()
    room.desk.locator(f"ul.sent a[href='/document/{number}']").wait_for()
    assert room.fits()
    room.press(room.desk.locator("a[target=_top]"))
    page.locator("#desk").wait_for(state="hidden")
    assert page.locator(".delo.asked").count() == before
    answer = room.ask(told.about)
    assert {"en": "want of kerosene", "ru": "нехватки керосина"}[room.language] in answer.inner_text()
