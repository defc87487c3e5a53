"""Every room with an archive, readers and a model that mean harm: words stay words, and nothing is asked elsewhere."""

import io
import json
import re
from urllib.parse import quote

import bcrypt
import docx
import pytest

from index.build import update
from index.store import Index
from tests.records import Record
from tests.small_archive import SAMPLE
from tests.ui.browsing import ask, served_apart
from ui.page.links import check_sum

pytestmark = pytest.mark.slow

EVIL = (
    "<img class=planted src=x onerror=alert(1)><script class=planted>alert(1)</script>{0.__class__}{x!r}${alert(1)}"
    "{{7*7}}`code`[a](javascript:alert(1))![i](http://evil.invalid/i.png)$$x^2$$\\(y\\)&lt;i class=planted&gt;&#60;i"
    "</textarea></option></select></title></td></table></details><svg class=planted onload=alert(1)>"
    "<math class=planted>' onfocus=alert(1) autofocus='"
)
QUOTING = '"><i class=planted onfocus=alert(1) autofocus="'  # where quotation marks may stand
COMMANDS = "\u202eexe\u202c\x07\x1b[31m"
TITLE = f"Telegram {EVIL} on Guns"
RUSSIAN = f"Прошу направить в корейскую армию зенитные орудия и автомашины {EVIL} {QUOTING} {COMMANDS}."
ENGLISH = f"I ask that anti-aircraft guns and lorries be sent to the Korean army {EVIL} {QUOTING} {COMMANDS}."
OTHER = "Второй абзац: зенитные орудия прибыли в мае с запасными частями."
NAMED = "a <b class=planted onclick=alert(1)>&amp;{0.__class__}{x!r}'`$$x$$.txt"  # a file, and so a document's id
STEM = NAMED.removesuffix(".txt")
READER = "<b class=planted onclick=alert(1)>{0.__class__}"
WORD = "слово"
SERVE = """
import sys
from pathlib import Path
from rag.pipeline import Pipeline
from rag.pointing import PointingComposer
from tests.rag.speakers import Speaker
from tests.ui.browsing import site_of
from ui.kept import Keeper
from ui.options import Answering
from ui.server.serve import serve

folder, evil = Path(sys.argv[1]), sys.argv[2]
says = f"The guns were sent {evil} [[1.1]]. {evil} The lorries came [[9.9]]. "
with Pipeline.open(folder / "index", PointingComposer(Speaker(says, name=f"openai:{evil}"))) as pipeline:
    site = site_of(
        pipeline, examples=[evil], allow_upload=True, runs=folder / "runs", readers=folder / "readers",
        keeper=Keeper(folder / "kept", Answering()),
    )
    serve(site, port=0, announce=lambda line: print(line, flush=True))
"""
FOREIGN = """() => [...document.querySelectorAll("*")].filter((one) =>
    one.matches(".planted, img, object, embed, math, base, [srcdoc], .katex, .latex, [src*=evil]")
    || one.matches("[autofocus]:not(#name, #password)")
    || (one.matches("iframe") && one.name !== "desk")
    || (one.matches("a[href], form[action]") && /^(javascript|data):/i.test(one.href ?? one.action))
    || [...one.attributes].some(({ name }) => name.startsWith("on"))
).map((one) => one.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    common = {"russian": (RUSSIAN, OTHER), "english": (ENGLISH,), "summary": EVIL + QUOTING, "language": EVIL}
    source = f"RGANI, f. 5, op. 30, d. 12, l. 9 {EVIL}"
    guns = Record(number="900009", title=TITLE, date="May 1952", source=source, **common)
    cited = f'"Note {EVIL}", May 3, 1951, Wilson Center Digital Archive, APRF, f. 45, op. 1, d. 334, l. 9.'
    named = Record(title=f"Note {EVIL}", citation=cited, russian=("Змей улетел.",), english=("The kite flew away.",))
    update(folder / "index", [SAMPLE, guns.write(folder), named.write(folder, NAMED)])
    hashed = bcrypt.hashpw(WORD.encode(), bcrypt.gensalt(4)).decode()
    (folder / "readers").write_text(f"{READER}:{hashed}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def held(folder):
    """The documents that mean harm, as they are kept."""
    with Index.open(folder / "index") as index:
        found = {one.id: one for one in index.catalogue.documents(("900009", STEM))}
    assert all(word in found["900009"].title for word in ("<img class=planted", "{0.__class__}", "${alert(1)}"))
    return found


@pytest.fixture(scope="module")
def address(folder):
    with served_apart(SERVE, folder, EVIL, log=folder / "log") as (address, _):
        yield address


class Visitor:
    """A browser at the server; `trouble` is what ran, was asked elsewhere, or stood there and is not ours."""

    def __init__(self, context, address):
        self.page = context.new_page()
        self.address = address
        self.trouble = []
        self.page.on("dialog", lambda dialog: (self.trouble.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked(request.url))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", self.told)

    def asked(self, url):
        if not url.startswith((f"{self.address}/", "data:")):
            self.trouble.append(url)

    def told(self, line):
        if line.type in {"error", "warning"} and "Failed to load resource" not in line.text:  # a status, as 404
            self.trouble.append(line.text)

    def look(self, *words):
        """Whatever is shown now is ours, but for `words`, which are words."""
        for frame in self.page.frames:
            self.trouble += frame.evaluate(FOREIGN)
        shown = " ".join(frame.locator("body").text_content() for frame in self.page.frames)
        for word in words:
            assert word in shown, (self.page.url, word)
        assert self.trouble == [], self.page.url

    def go(self, path, *words):
        self.page.goto(self.address + path)
        self.look(*words)
        return self.page


@pytest.fixture(scope="module")
def visitor(reader, address):
    """Somebody who has logged in, under a name that is markup."""
    reader.set_default_timeout(60_000)
    visitor = Visitor(reader, address)
    page = visitor.go("/login?next=" + quote("/documents?archive=" + EVIL))
    page.locator("input[name=name]").fill(f"{EVIL}{QUOTING}")
    page.locator("input[name=password]").fill("wrong")
    page.locator("main button, form button").first.click()
    page.locator("[role=alert], .warning, .notice").first.wait_for()
    visitor.look()
    assert page.locator("input[name=name]").input_value() == f"{EVIL}{QUOTING}"
    page.locator("input[name=name]").fill(READER)
    page.locator("input[name=password]").fill(WORD)
    page.locator("main button, form button").first.click()
    page.locator(".account .reader").wait_for()
    visitor.look(READER, EVIL)
    return visitor


def test_in_the_conversation(visitor, held):
    page = visitor.go("/")
    page.locator("#question textarea").wait_for()
    visitor.look(EVIL, READER)  # an example, who reads, and the model's name
    question = f"Were guns and lorries sent to the Korean army {QUOTING}{EVIL[:280]}?"  # a longer one is shown cut
    answer = ask(page, question)
    visitor.look()
    assert page.locator(".delo.asked").last.text_content() == question
    assert held["900009"].title in answer.text_content()
    assert answer.locator("details:not(.copying) summary", has_text="ithheld").count()  # what the model said
    page.locator("#by label").last.click()
    answer = ask(page, f"Что просили направить в корейскую армию в 1952 году {EVIL}?")
    assert answer.locator("figure").count()
    visitor.look("1952")
    assert f"зенитные орудия и автомашины {EVIL} {QUOTING} \ufffdexe\ufffd\u2407\u241b[31m." in answer.text_content()
    answer.locator("[data-collect]").first.click()
    answer.locator("[data-mark]").first.click()
    page.locator(".marking [role=status] .said").first.wait_for(state="attached")
    answer.locator("a[target=desk]").first.click()
    page.frame_locator("iframe[name=desk]").locator("mark").first.wait_for()
    visitor.look(held["900009"].title)
    page.go_back()
    ask(page, f"Who won the 1966 World Cup {EVIL}?")
    ask(page, EVIL)
    visitor.look()


@pytest.mark.parametrize("told", ["\\evil.invalid/", "%09/evil.invalid/", "javascript:alert(1)", "/evil.invalid/", ""])
def test_the_desk_leads_nowhere_else(visitor, told):
    page = visitor.go("/account")
    page.goto(f"{visitor.address}/#desk/{told}")
    page.locator("#question textarea").wait_for(state="attached")
    page.wait_for_timeout(300)  # for what must not happen
    assert all(frame.url.startswith((visitor.address, "about:", "chrome-error:")) for frame in page.frames)
    ours = [line for line in visitor.trouble if "frame-ancestors" not in line and "Framing" not in line]
    visitor.trouble.clear()
    assert ours == []


ROOMS = {
    "/document/900009": ("900009",),
    f"/document/900009?find={quote(EVIL)}": ("900009",),
    f"/document/900009?find={quote('зенитные')}&ru=0-10&cited=ru&hit=2": ("900009",),
    f"/document/{quote(EVIL, safe='')}": (EVIL,),
    f"/document/{quote(STEM, safe='')}": (STEM,),
    "/documents": ("900009", STEM),
    f"/documents?archive={quote(EVIL[:150])}&fond={quote(QUOTING)}&words={quote(QUOTING)}": (),
    f"/documents?after={quote(QUOTING)}&page={quote(QUOTING)}": (),
    "/documents?after=1952&before=1952": ("900009",),
    "/archive?archive=RGANI&fond=5&opis=30&delo=12": ("900009",),
    f"/archive?archive={quote(QUOTING)}&fond={quote(EVIL)}": (),
    f"/look-up?q={quote('RGANI, f. 5, op. 30, d. 12')}": ("900009",),
    f"/look-up?q={quote(RUSSIAN.partition(' {')[0])}": (),
    f"/look-up?q={quote('зенитные орудия прибыли в июне с запасными частями')}": ("900009",),
    f"/look-up?q={quote(f'Never said {EVIL} anywhere {QUOTING} at all')}": (EVIL,),
    f"/notebook?place={quote(QUOTING + EVIL)}&place={quote('900009?cited=ru&ru=0-9-00000000')}": (),
    f"/record/{quote(EVIL, safe='')}": (EVIL,),
    f"/judge/report/{quote(EVIL, safe='')}": (),
    f"/judge/compare?a={quote(EVIL)}&b={quote(QUOTING)}": (),
    f"/judge/running/{quote(EVIL, safe='')}": (),
    f"/add/checked/{quote(READER, safe='')}": (),
    f"/add/added/x?checked={quote(EVIL)}": (),
    "/account": (READER,),
}


@pytest.mark.parametrize("path", ROOMS)
def test_in_a_room(visitor, held, path):
    visitor.go(path, *(held[word].title if word in held else word for word in ROOMS[path]))


def test_in_the_notebook_and_what_it_exports(visitor, held):
    page = visitor.go("/account")
    span = held["900009"].paragraphs("ru")[0]
    collected = f"900009?cited=ru&ru={span.start}-{span.end}-{check_sum(held['900009'], 'ru', span)}"
    page.evaluate("told => sessionStorage.setItem('delo.notebook', told)", json.dumps([{"place": collected}]))
    page.goto(f"{visitor.address}/notebook")
    note = page.locator("textarea[name=note]").first
    note.fill(f"{EVIL}{QUOTING}\nER  - \nTY  - JOUR")
    page.reload()
    note.wait_for()
    assert note.input_value().startswith(f"{EVIL}{QUOTING}")
    visitor.look(held["900009"].title)
    form = {"place": page.locator("input[name=place]").first.input_value(), "note": note.input_value()}
    told = {}
    for kind in ("docx", "md", "ris", "json"):
        given = form | {"format": kind, "style": "chicago-note", "language": "en"}
        reply = page.request.post(f"{visitor.address}/notebook/export", form=given)
        assert reply.status == 200
        assert reply.headers["content-disposition"].startswith("attachment")
        told[kind] = reply.body()
    paper = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(told["docx"])).paragraphs)
    assert f"{EVIL}{QUOTING}" in paper
    assert re.findall(r"(?<!\\)[<`*$]|(?<!\\)\](?=\()", told["md"].decode().replace("**", "")) == []
    assert [line for line in told["ris"].decode().splitlines() if line.startswith(("TY", "ER"))] == [
        "TY  - MANSCPT",
        "ER  - ",
    ]
    assert len(json.loads(told["json"])) == 1


def test_in_the_room_that_judges(visitor):
    said = {"question": f"Why {EVIL}{QUOTING}?", "language": "en", "verdict": "rightly refused"}
    assert visitor.page.request.post(f"{visitor.address}/judge/mark", form=said).ok
    page = visitor.go("/judge", f"Why {EVIL}{QUOTING}?")
    page.locator("form[action='/judge/run'] button").first.click()
    page.wait_for_url("**/judge/report/**")
    visitor.look()
    run = page.url.rpartition("/")[2]
    visitor.go("/judge")
    visitor.go(f"/judge/compare?a={run}&b={run}&anyway=yes")


def test_in_the_room_that_adds(visitor):
    page = visitor.go("/add")
    kite = Record(number="900010", title=f"Kite {EVIL}", russian=(f"Змей {EVIL}.",), english=(f"A kite {EVIL}.",))
    page.locator("input[type=file]").set_input_files(
        [
            {"name": f"{EVIL}{QUOTING}/../../{NAMED}", "mimeType": "text/plain", "buffer": kite.text.encode()},
            {"name": f"{NAMED}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"},
            {"name": "x.zip", "mimeType": "text/html", "buffer": b"<script>alert(1)</script>"},
        ]
    )
    page.locator("form[action='/add/check'] button").click()
    page.wait_for_url("**/add/checked/*")
    visitor.look(f"Kite {EVIL}", NAMED)
    page.locator("form[action='/add/index'] button").click()
    page.locator("h1", has_text="dded").wait_for()
    visitor.look(f"Kite {EVIL}")
    visitor.go("/document/900010", f"Kite {EVIL}")
