"""The room that judges: marks become cases, sets are run, reports open; nothing of it acts, and no path is read."""

import re
import shutil
import time
from base64 import b64encode
from functools import partial
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from rag.pipeline import Pipeline
from rag.question import Question
from tests.ui.browsing import ask, serving, site_of
from tests.ui.conftest import accessible
from ui.messages import judge
from ui.page.links import place_address
from ui.page.marking import marking_html
from ui.server import judges
from ui.server.app import build_app, rooms_app

ENGLISH = "Why did Moscow reject an attack on the South?"
OUTSIDE = "Who won the 1966 World Cup?"
HOSTILE = 'Why <script>alert(1)</script> <img src=x onerror=alert(1)> {{7*7}} ${alert(1)} "x" onload="y" \u202e?'
NASTY_NAME = "a <b onclick=alert(1)> & {{7}}"


class Acting(HTMLParser):
    """Collects the elements of a page that could do something."""

    def __init__(self):
        super().__init__()
        self.elements = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        script = tag == "script" and not named.get("src", "").startswith("/delo/")
        if (
            script
            or tag in {"img", "svg", "iframe", "b onclick"}
            or any(x.startswith("on") or x == "style" for x in named)
        ):
            self.elements.append((tag, attrs))


@pytest.fixture(scope="module")
def pipeline(home):
    with Pipeline.open(home) as opened:
        yield opened


@pytest.fixture
def runs(tmp_path):
    return tmp_path / "runs"


@pytest.fixture
def page(pipeline, runs):
    """Asks the server, as a browser that follows no link by itself."""
    app = rooms_app(site_of(pipeline, hosts=["127.0.0.1"], runs=runs))
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture(scope="module")
def answer(pipeline):
    return pipeline.ask(Question.of(ENGLISH))


@pytest.fixture(scope="module")
def judged(pipeline, answer, tmp_path_factory):
    """A folder with two runs of what readers said, one under a nasty name, and a malformed set under another."""
    runs = tmp_path_factory.mktemp("judged")
    app = rooms_app(site_of(pipeline, hosts=["127.0.0.1"], runs=runs))
    page = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    mark(page, answer, "right")
    mark(page, answer, "otherwise", question=HOSTILE)
    address = run_of(page)
    shutil.copytree(runs / address.rpartition("/")[2], runs / NASTY_NAME)
    (runs / "sets").mkdir()
    (runs / "sets" / f"{NASTY_NAME}.jsonl").write_text("{}", "utf-8")
    return runs


def mark(page, answer, verdict, *, question=ENGLISH, places=None, **headers):
    """Say something of an answer, as the page's script does."""
    cited = [place_address(citation) for s in answer.statements for citation in s.citations]
    form = {"question": question, "language": "en", "verdict": verdict, "place": cited if places is None else places}
    return page.post("/judge/mark", data=form, headers=headers)


def run_of(page, set_="readers"):
    """Run a set; gives where its report is."""
    begun = page.post("/judge/run", data={"set": set_})
    assert begun.status_code == 303
    for _ in range(1200):
        told = page.get(begun.headers["location"])
        if told.status_code == 303:
            return told.headers["location"]
        assert words(judge.NOT_RUN) not in told.text
        time.sleep(0.05)
    raise AssertionError("the run does not end")


def words(both, *values):
    return both["en"].format(*values)


def hostile(text):
    """What of a page could act; scripts of our own, from files, are none of it."""
    found = Acting()
    found.feed(text)
    return found.elements


def test_a_mark_becomes_a_case_that_runs_and_its_report_opens(page, answer, runs):
    assert words(judge.NO_RUNS) in page.get("/judge").text
    assert mark(page, answer, "right").status_code == 200
    room = page.get("/judge").text
    assert ENGLISH in room
    assert words(judge.VERDICTS["right"]) in room
    address = run_of(page)
    report = page.get(address)
    assert report.status_code == 200
    assert ENGLISH in report.text
    assert answer.statements[0].citations[0].words[:40] in report.text
    assert f'href="{address}"' in page.get("/judge").text
    (case,) = re.findall(r'name="case" value="([^"]+)"', room)
    assert page.post("/judge/remove", data={"case": case}).headers["location"] == "/judge#cases"
    assert words(judge.NO_CASES) in page.get("/judge").text


def test_the_words_of_a_case_are_read_in_the_index_and_never_taken_from_the_browser(page, answer, runs):
    cited = answer.statements[0].citations[0]
    form = {"question": ENGLISH, "language": "en", "verdict": "right", "place": [place_address(cited)]}
    assert page.post("/judge/mark", data=form | {"words": "Forged.", "ru": "Подделка.", "evidence": "x"}).is_success
    kept = (runs / "readers" / "questions.jsonl").read_text("utf-8")
    assert cited.words.split("\n")[0][:60] in kept
    assert "Forged" not in kept
    assert "Подделка" not in kept


@pytest.mark.parametrize(
    "place",
    [
        "112133?cited=en&en=0-40-00000000",
        "112133?cited=en&en=0-99999999",
        "112133?" + "en=1-2&" * 9,
        "999999?cited=en&en=0-40",
        "112133",
        "?",
        "../x?en=0-4",
    ],
)
def test_a_place_that_is_not_there_is_refused(page, answer, runs, place):
    told = mark(page, answer, "right", places=[place])
    assert told.status_code == 409
    assert "judge the new answer" in told.json()["trouble"]
    assert not (runs / "readers").exists()


def test_a_mark_from_another_site_is_not_kept(page, answer, runs):
    assert mark(page, answer, "right", Origin="http://evil.invalid").status_code == 403
    assert page.post("/judge/run", data={"set": "own"}, headers={"Origin": "null"}).status_code == 403
    assert not runs.exists()
    assert mark(page, answer, "right", Origin="http://127.0.0.1").status_code == 200


def test_a_mark_of_no_sense_is_refused_in_words(page, answer):
    assert "nothing that can be said" in mark(page, answer, "<script>").json()["trouble"]
    assert "1 to 2000 characters" in mark(page, answer, "otherwise", question="x" * 2001).json()["trouble"]


def test_a_set_that_is_not_there_or_of_another_archive_says_so(page):
    for id_, told in (("own", "of another archive"), ("../x", "There is no question set")):
        begun = page.post("/judge/run", data={"set": id_}).headers["location"]
        for _ in range(200):
            if words(judge.NOT_RUN) in (text := page.get(begun).text):
                break
            time.sleep(0.05)
        assert told in text
    assert judge.FOREIGN["en"].partition(":")[0] in page.get("/judge").text
    assert page.get("/judge/running/17").status_code == 404


def test_one_set_is_run_at_a_time_and_a_run_that_is_cancelled_leaves_nothing(pipeline, answer, runs):
    site = site_of(pipeline, hosts=["127.0.0.1"], runs=runs)
    page = TestClient(rooms_app(site), base_url="http://127.0.0.1", follow_redirects=False)
    for n in range(40):
        mark(page, answer, "otherwise", question=f"Question {n} on the attack?")
    begun = page.post("/judge/run", data={"set": "readers"}).headers["location"]
    assert words(judge.RUNNING) in page.get(begun).text
    assert page.post("/judge/run", data={"set": "readers"}).status_code == 409
    job = site.jobs.job(begun.rpartition("/")[2])
    job.cancelled.set()
    assert job.ended.wait(60)
    assert words(judge.CANCELLED) in page.get(begun).text
    assert [path.name for path in runs.iterdir()] == ["readers"]


@pytest.mark.parametrize(
    "id_", ["..%2F..%2F..%2Fetc%2Fpasswd", "../readers", "%2Fetc%2Fpasswd", "nobody", "%00", "<script>"]
)
def test_only_runs_that_are_listed_are_opened(page, id_):
    told = page.get(f"/judge/report/{id_}")
    assert told.status_code == 404
    assert hostile(told.text) == []
    assert "root:" not in told.text
    assert page.get("/judge/compare", params={"a": id_, "b": id_}).status_code == 409


def test_nothing_of_a_question_a_set_or_a_run_acts_in_the_room(pipeline, judged):
    app = rooms_app(site_of(pipeline, hosts=["127.0.0.1"], runs=judged))
    page = TestClient(app, base_url="http://127.0.0.1")
    room = page.get("/judge")
    assert "&lt;script&gt;alert(1)" in room.text
    assert room.text.count("&lt;b onclick=alert(1)&gt;") >= 3
    assert "\u202e" not in room.text
    assert hostile(room.text) == []
    assert "'unsafe" not in room.headers["content-security-policy"]
    for address in re.findall(r'href="(/judge/report/[^"]+)"', room.text):
        assert page.get(address).status_code == 200
    both = {"a": NASTY_NAME, "b": next(path.name for path in judged.glob("readers-*"))}
    assert words(judge.BACK) in page.get("/judge/compare", params=both).text


def test_a_report_may_have_its_own_style_and_nothing_else(pipeline, judged):
    app = rooms_app(site_of(pipeline, hosts=["127.0.0.1"], runs=judged))
    report = TestClient(app, base_url="http://127.0.0.1").get(f"/judge/report/{next(judged.glob('readers-*')).name}")
    style = re.search(r"<style>(.*?)</style>", report.text, re.DOTALL)[1]
    checked = b64encode(sha256(style.encode()).digest()).decode()
    policy = report.headers["content-security-policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{checked}';")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "<script" not in report.text
    assert f'lang="ru">{judge.ENGLISH_ONLY}' in report.text


def test_a_damaged_set_of_readers_is_told_and_the_rest_of_the_room_shown(page, runs):
    (runs / "readers").mkdir(parents=True)
    (runs / "readers" / "questions.jsonl").write_text("{<b>", "utf-8")
    room = page.get("/judge")
    assert room.status_code == 200
    assert "line 1: no judgement of a reader" in room.text
    assert words(judge.SETS) in room.text


def test_many_judgements_are_shown_a_page_at_a_time(page, runs):
    (runs / "readers").mkdir(parents=True)
    lines = (
        f'{{"id": "{n}", "pair": "{n}", "language": "en", "question": "Q{n}?", "answerable": true}}' for n in range(60)
    )
    (runs / "readers" / "questions.jsonl").write_text("\n".join(lines), "utf-8")
    first = page.get("/judge").text
    assert "Q59?" in first
    assert "Q9?" not in first
    (older,) = re.findall(r'href="(/judge\?since=\d+)#cases"', first)
    assert "Q9?" in page.get(older).text
    assert page.get("/judge?since=-1").status_code == page.get("/judge?since=999999").status_code == 200


def test_where_nothing_judges_the_room_says_so(page, monkeypatch):
    monkeypatch.setattr(judges, "GROUP", "nobody.judges")
    judges.judging.cache_clear()
    try:
        assert words(judge.NOT_OFFERED) in page.get("/judge").text
        assert page.post("/judge/mark", data={"question": ENGLISH}).status_code == 501
    finally:
        judges.judging.cache_clear()


def test_what_can_be_said_depends_on_whether_there_is_an_answer(pipeline, answer):
    said = re.findall(r'data-mark="([^"]+)"', marking_html(answer))
    assert said == ["right", "otherwise", "unanswerable", "beside"]
    refusal = marking_html(pipeline.ask(Question.of(OUTSIDE)))
    assert re.findall(r'data-mark="([^"]+)"', refusal) == ["rightly refused", "answerable"]
    assert 'data-places=""' in refusal
    nasty = marking_html(pipeline.ask(Question.of(HOSTILE)))
    assert hostile(nasty) == []


@pytest.fixture(scope="module")
def address(pipeline, judged):
    with serving(build_app(site_of(pipeline, runs=judged))) as address:
        yield address


@pytest.mark.slow
def test_an_answer_is_marked_by_the_keyboard_and_the_room_lists_it(visit, address):
    page = visit(address)
    ask(page, ENGLISH)
    marking = page.locator(".marking").last
    marking.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    told = marking.locator("[role=status]")
    told.locator("a").wait_for()
    assert words(judge.KEPT) in told.inner_text()
    assert marking.locator("[aria-pressed=true]").inner_text() == words(judge.WHAT_IS_WRONG["unanswerable"])
    told.locator("a").click()
    desk = page.frame_locator("iframe[name=desk]")
    desk.locator(".cases li").first.wait_for()
    assert desk.locator(".cases li p").nth(1).inner_text() == words(judge.VERDICTS["unanswerable"])


def _noted(trouble, line):
    if line.type == "error":
        trouble.append(line.text)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(390, "ru", "dark"), (1440, "en", "light")],
)
def test_the_room_and_a_report_are_accessible(reader, address, width, language, scheme):
    context = reader.browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language)
    page = context.new_page()
    trouble = []
    page.on("console", partial(_noted, trouble))
    page.goto(f"{address}/judge")
    assert page.locator("h1").inner_text() == judge.TITLE[language]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert trouble == []
    assert accessible(page) == []
    if language == "en":  # a report is in English in both
        page.locator(".last a").click()
        page.locator("h1", has_text="Evaluation").wait_for()
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
        assert accessible(page) == []
        page.locator("a[href='/judge']").click()
        page.locator(".last").wait_for()
    context.close()
