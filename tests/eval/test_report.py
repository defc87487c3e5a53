"""The report: what it shows, and that nothing in a document, a question or an answer can do anything in it."""

import csv
import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from eval.cli import evaluate
from eval.errors import EvaluationError, RunError
from eval.report.against import comparison_page
from eval.report.cardfile import read_card
from eval.report.curves import calibration, share
from eval.report.faults import WORDS, faults
from eval.report.limits import unchecked
from eval.report.markup import element, language_of, prose, shortened, visible
from eval.report.page import report_page
from eval.report.plain import cell, markdown
from eval.report.questions import OPENED, pairs
from eval.report.worddiff import MOST, word_diff
from eval.report.write import write_comparison, write_report
from eval.runfolder import write_run
from rag.pipeline import Pipeline
from tests.eval.report_sample import CARD, many, sample_comparison, sample_report, sample_run, spoilt
from tests.prepared import sample_index

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "report.md"
VOID = {"br", "col", "meta"}
BLOCKS = {"div", "p", "ul", "ol", "li", "dl", "table", "blockquote", "figure", "section", "details", "h2", "h4"}
PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "way out": "</title></style></p></td></details></main><svg onload=alert(1)><a xlink:href='javascript:alert(1)'>",
    "attribute": "\" onmouseover=\"alert(1)\" ' onfocus='alert(1)' autofocus",
    "address": "data:text/html,<script>alert(1)</script> javascript:alert(1) https://evil.invalid/x.png",
    "style": "<style>@import url(https://evil.invalid/x.css)</style><link rel=stylesheet href=//evil.invalid>",
    "direction": "\u202etxt.exe\u202c\u2066\u200f",
    "zero width": "a\u200bb\ufeffc\u2060",
    "control": "\x00\x08\x1b[31m\x7f\ud800",
    "comment": "<!-- --!> <![CDATA[ ]]> <?php ?>",
    "entity": "&lt;b&gt;&#60;script&#62;&amp;",
    "template": "${alert(1)} {{alert(1)}} | `x` [a](javascript:alert(1)) ![b](https://evil.invalid)",
}


class Reader(HTMLParser):
    """Reads a page: its elements, its words, and what is nested wrongly in it."""

    def __init__(self, page):
        super().__init__()
        self.open, self.elements, self.words, self.wrong = [], [], [], []
        self.feed(page)
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS and "p" in self.open:
            self.wrong.append(f"{tag} in p")
        if tag == "a" and "a" in self.open:
            self.wrong.append("a in a")
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    def handle_comment(self, data):
        self.wrong.append(f"comment {data}")

    @property
    def tags(self):
        return Counter(tag for tag, _ in self.elements)

    @property
    def text(self):
        return "".join(self.words)

    def of(self, tag, **wanted):
        return [told for name, told in self.elements if name == tag and wanted.items() <= told.items()]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    with Pipeline.open(sample_index(tmp_path_factory)) as pipeline:
        return sample_run(pipeline)


@pytest.fixture(scope="module")
def page(run):
    return Reader("".join(report_page(sample_report(run))))


@pytest.fixture(scope="module")
def compared(run):
    return Reader("".join(comparison_page(sample_comparison(run))))


def spoilt_pages(run, payload):
    report, comparison = sample_report(run), sample_comparison(run)
    report = replace(report, run=spoilt(report.run, payload), tables=spoilt(report.tables, payload), card=CARD)
    outcomes = ({id_: spoilt(told, payload) for id_, told in side.items()} for side in (comparison.old, comparison.new))
    old, new = outcomes
    comparison.comparison.notes[:] = [payload]
    comparison = replace(comparison, old=old, new=new, titles={"quote_fidelity": payload})
    return "".join(report_page(report)), "".join(comparison_page(comparison))


@given(st.text())
def test_text_in_an_element_is_that_text_and_no_markup(text):
    read = Reader(element("p", text, title=text).html)
    assert [tag for tag, _ in read.elements] == ["p"]
    assert read.text == visible(text)
    assert read.elements[0][1]["title"] == visible(text)
    assert read.wrong == []


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_that_a_document_or_an_answer_says_becomes_markup(run, page, compared, payload):
    for text, clean in zip(spoilt_pages(run, payload), (page, compared), strict=True):
        read = Reader(text)
        assert read.wrong == []
        assert set(read.tags) <= set(clean.tags) | {"del", "ins"}
        assert read.tags["svg"] == clean.tags["svg"]
        assert read.tags["style"] == read.tags["title"] - read.tags["desc"] == 1
        assert not any(name.startswith("on") or name in ("src", "style") for _, told in read.elements for name in told)
        assert all(told["href"].startswith("#") for told in read.of("a"))
        assert visible(payload) in read.text
        text.encode()


def test_characters_that_are_not_seen_are_told_by_number():
    assert visible("а\u200bб\u202eв\ud800") == "а⟨U+200B⟩б⟨U+202E⟩в⟨U+D800⟩"
    assert visible("Ёлка «в\u00ad лесу»,\tда\n") == "Ёлка «в\u00ad лесу»,\tда\n"


def test_the_pages_are_well_formed_and_refer_to_nothing_outside(page, compared):
    for read in (page, compared):
        assert read.wrong == []
        assert not read.tags.keys() & {"script", "link", "img", "iframe", "object", "base", "form", "image", "use"}
        ids = [told["id"] for _, told in read.elements if "id" in told]
        assert len(ids) == len(set(ids))
        assert {told["href"][1:] for told in read.of("a")} <= set(ids)
        policy = read.of("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
        assert "default-src 'none'" in policy
    style = (ROOT / "eval" / "report" / "report.css").read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style


def test_every_figure_has_an_interval_and_n_or_is_told_not_to_apply(run):
    report = sample_report(run)
    tables = (report.tables.headline, report.tables.every, *report.tables.slices)
    told = Reader("".join(report_page(report))).text
    lines = [line for line in markdown(report).splitlines() if line.startswith("| ") and "Measure" not in line]
    cells = [told for line in lines for told in line.strip("| ").split(" | ")[1:]]
    figure = re.compile(r"−?\d+\.\d{3} \(−?\d+\.\d{3} to −?\d+\.\d{3}; n\xa0\d+.*\)|not applicable.*")
    assert len(cells) == 4 * len(report.tables.headline.rows)
    assert all(map(figure.fullmatch, cells))
    figures = [figure for one in tables for row in one.rows for figure in row.figures]
    assert told.count("n\xa0") >= sum(figure.estimate is not None for figure in figures)
    assert all(len(row.figures) == len(one.groups) for one in tables for row in one.rows)


def test_the_figures_that_decide_come_first_and_one_without_a_card_has_its_name(run):
    tables = sample_report(run).tables
    assert [row.name for row in tables.headline.rows] == ["quote_fidelity", "nDCG@10"]
    assert [row.title for row in tables.every.rows] == [
        "How high the documents that answer it stand", "Quotations word for word", "strange"
    ]  # fmt: skip
    assert [one.title for one in tables.slices] == ["By kind of question"]
    assert tables.headline.rows[0].figures[0].together.n == 18
    assert tables.headline.rows[0].figures[3].estimate is None


def test_charts_have_words_for_those_who_do_not_see_them(page):
    charts = page.of("svg", role="img")
    assert len(charts) == 3
    ids = {told["id"] for tag, told in page.elements if tag in ("title", "desc") and "id" in told}
    for told in charts:
        assert set(told["aria-labelledby"].split()) <= ids
    assert all(told.get("role") == "img" or told.get("aria-hidden") == "true" for told in page.of("svg"))


def test_every_colour_of_words_stands_out_from_its_ground_in_light_and_dark():
    style = (ROOT / "eval" / "report" / "report.css").read_text("utf-8")
    colours = {name: sides for name, *sides in re.findall(r"--(\w+): light-dark\((#\w+), (#\w+)\)", style)}
    for side in (0, 1):
        for words in ("ink", "quiet", "accent", "good", "fair", "bad", "open"):
            assert contrast(colours[words][side], colours["paper"][side]) >= 4.5
        assert contrast(colours["ink"][side], colours["marked"][side]) >= 4.5


def contrast(one, two):
    """As WCAG 2.2 has it."""
    lights = sorted(light(colour) for colour in (one, two))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def light(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return sum(weight * x for weight, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_each_verdict_has_a_sign_and_a_word(page):
    for words in ("✓ borne out", "✗ contradicted", "✗ not borne out", "? not decided", "– says nothing"):
        assert words in page.text
    for words in ("✓ word for word", "≈ but for typography", "≠ altered", "✗ not in the sources", "✗ leaf", "✓ fond"):
        assert words in page.text


def test_russian_words_are_said_to_be_russian(page):
    assert page.of("span", lang="ru", **{"class": "asked"})
    assert language_of("Протокол № 71") == "ru"
    assert language_of("Protocol of 24 сент.") == "en"
    assert prose("p", "Да").html == '<p lang="ru" dir="auto">Да</p>'


def test_faults_come_first_the_gravest_before_all(run):
    found = pairs(run.outcomes)
    assert [pair.outcomes[0].case.pair for pair in found] == ["5", "2", "3", "1", "4"]
    assert [pair.faulty for pair in found] == [True, True, True, False, False]
    kinds = {outcome.case.id: [fault.kind for fault in faults(outcome)] for outcome in run.outcomes}
    assert kinds["2-en"] == ["changed number", "altered quotation", "shifted reference"]
    assert kinds["2-ru"] == ["invented quotation", "unsupported sentence", "unknown reference"]
    assert kinds["3-ru"] == ["wavering"]
    assert kinds["5-ru"] == ["broken"]
    assert kinds["1-en"] == kinds["4-ru"] == []


def test_an_answer_that_should_not_be_or_a_silence_is_a_fault(run):
    answered, silent = run.outcomes[0], run.outcomes[6]
    swapped = replace(answered, case=replace(silent.case, id="x")), replace(silent, case=answered.case)
    assert [[fault.kind for fault in faults(one)] for one in swapped] == [["unfounded"], ["silent"]]
    lost = replace(answered, found=tuple(replace(found, document_id="other") for found in answered.found))
    assert [fault.kind for fault in faults(lost)] == ["missed"]
    assert set(WORDS) >= {"unfounded", "silent", "missed"}


def test_questions_with_faults_are_unfolded_up_to_a_number_and_the_rest_folded(run):
    read = Reader("".join(report_page(sample_report(many(run, 100)))))
    assert len(read.of("details", **{"class": "pair"})) == 50
    assert len(read.of("details", **{"class": "pair", "open": None})) == OPENED


def test_each_row_leads_to_its_detail_and_back(page):
    for number in range(1, 6):
        assert page.of("tr", id=f"row{number}")
        assert page.of("div", id=f"q{number}")
        assert page.of("a", href=f"#q{number}")
        assert page.of("a", href=f"#row{number}")


def test_what_could_not_be_checked_is_counted_and_named(run, page):
    told = unchecked(pairs(run.outcomes))
    assert (told.answers, len(told.citations)) == (0, 1)
    assert {number for number, _ in told.undecided} == {3}
    assert "Sentences not decided" in page.text
    assert "too short to be looked for" in page.text


def test_the_card_of_the_checker_is_shown_or_its_absence_told(run, page):
    assert "own sentences, edited" in page.text
    assert "of these 95%" in page.text
    without = Reader("".join(report_page(replace(sample_report(run), card=None))))
    assert "Not measured here" in without.text


def test_the_card_of_our_own_checker_is_shown_with_what_each_set_is(run):
    shown = Reader("".join(report_page(replace(sample_report(run), card=read_card()))))
    assert "TERRa (ru)" in shown.text
    assert "licence: MIT; held out" in shown.text
    assert "looked at while choosing" in shown.text


def test_a_card_is_read_back_and_a_malformed_one_refused(tmp_path):
    path = tmp_path / "card.json"
    assert read_card(path) is None
    verdicts = {name: {"share": v.share, "supported": v.supported} for name, v in CARD.sets[0].verdicts.items()}
    sets = [{"dataset": "own sentences, edited", "n": 400, "base": 0.5, "verdicts": verdicts}]
    path.write_text(json.dumps({"checker": "rules/1", "sets": sets}))
    assert read_card(path) == CARD
    path.write_text('{"sets": []}')
    with pytest.raises(EvaluationError, match=r"is no calibration card: KeyError\('checker'\)"):
        read_card(path)


@given(st.lists(st.sampled_from(["мир", "война", "war", ",", "1949", "не"]), max_size=9),
       st.lists(st.sampled_from(["мир", "война", "war", ",", "1949", "не"]), max_size=9))  # fmt: skip
def test_a_difference_holds_both_wordings(one, two):
    quoted, stands = " ".join(one), " ".join(two)
    html = re.sub(r'<span class="heard">.*?</span>', "", word_diff(quoted, stands).html)
    without_put, without_taken = (re.sub(rf"<{tag}>.*?</{tag}>", "", html) for tag in ("ins", "del"))
    assert Reader(without_put).text == quoted
    assert Reader(without_taken).text == stands


def test_texts_too_long_to_compare_are_shown_whole():
    one, two = "a " * 1500, "b " * 1500
    assert len(one.split()) * len(two.split()) > MOST
    assert Reader(word_diff(one, two).html).tags == Counter(blockquote=1, ins=1, span=2, **{"del": 1})


def test_a_shortened_text_keeps_whole_words_at_both_ends():
    text = "one two three four five six seven eight nine ten"
    assert shortened(text, 30) == "one two three four … nine ten"
    assert shortened(text, 100) == text


def test_shares_have_intervals_with_a_width(run):
    assert share(0, 10).high == pytest.approx(0.2775, abs=1e-3)
    assert share(10, 10).low == pytest.approx(0.7225, abs=1e-3)
    bins = calibration(run.outcomes)
    assert sum(one.right.n for one in bins) == sum(outcome.answer is not None for outcome in run.outcomes)
    assert all(one.right.low < one.right.high for one in bins)


def test_the_markdown_is_as_it_was(run):
    assert markdown(sample_report(run)) == GOLDEN.read_text("utf-8")


def test_markdown_is_made_inactive():
    assert cell("a|b\n![x](http://a) <b> www.c @d") == r"a\|b \!\[x\](http\://a) \<b\> www\.c \@d"


def test_files_for_programs_hold_every_question(tmp_path, run):
    paths = write_report(tmp_path / "deep" / "page.html", sample_report(run))
    assert [path.name for path in paths] == ["page.html", "page.md", "results.json", "per_question.csv", "junit.xml"]
    assert json.loads(paths[2].read_text("utf-8"))["schema"] == "delo.results/1"
    with paths[3].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [outcome.case.id for outcome in run.outcomes]
    assert float(rows[0]["quote_fidelity"]) == 1
    assert rows[6]["quote_fidelity"] == ""
    suite = ElementTree.parse(paths[4]).getroot()  # noqa: S314 - written by this test
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "10", "failures": "3", "errors": "1", "skipped": "0"
    }  # fmt: skip
    assert len(suite.findall("testcase/failure")) == 3


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_files_for_programs_bear_what_is_hostile(tmp_path, run, payload):
    spoilt_run = spoilt(replace(run, outcomes=run.outcomes[:4]), payload)
    spoilt_run = replace(spoilt_run, outcomes=tuple(
        replace(one, case=replace(one.case, question=f"=1+1{payload}")) for one in spoilt_run.outcomes
    ))  # fmt: skip
    paths = write_report(tmp_path / "page.html", replace(sample_report(run), run=spoilt_run))
    assert len(ElementTree.parse(paths[4]).getroot()) == 4  # noqa: S314 - written by this test
    with paths[3].open(encoding="utf-8-sig", newline="") as file:
        assert all(row["question"].startswith("'=1+1") for row in csv.DictReader(file))


def test_a_figure_that_is_no_number_is_refused(tmp_path, run):
    with pytest.raises(RunError, match="a figure that JSON cannot"):
        write_report(tmp_path / "page.html", replace(sample_report(run), record={"value": float("nan")}))


def test_a_place_that_cannot_be_written_is_told(tmp_path, run):
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="name another place with --out"):
        write_report(tmp_path / "file" / "page.html", sample_report(run))
    with pytest.raises(RunError, match="name another place with --out"):
        write_comparison(tmp_path / "file" / "page.html", sample_comparison(run))


def test_a_run_without_outcomes_or_judgements_has_a_report(run):
    for outcomes in ((), tuple(replace(one, judgement=None) for one in run.outcomes)):
        read = Reader("".join(report_page(sample_report(replace(run, outcomes=outcomes)))))
        assert read.wrong == []
    assert "? not judged" in read.text


def test_the_comparison_shows_both_answers_the_most_changed_first(compared):
    assert compared.text.index("Почему Москва") < compared.text.index("Ongjin")
    assert "−0.100" in compared.text
    assert "−0.200 to +0.010; n\xa010" in compared.text
    assert "0.0400; corrected 0.2000" in compared.text
    assert "1 better, 6 the same, 3 worse" in compared.text
    assert "1.000 → 0.000 (−1.000)" in compared.text
    assert "0.500 → not applicable" in compared.text
    assert compared.text.count("This run has not this question.") == 2
    assert "Beware: their documents differ" in compared.text


def test_the_verb_writes_the_files_and_prints_their_paths(tmp_path, run):
    write_run(tmp_path / "run", run)
    done = CliRunner().invoke(evaluate, ["report", str(tmp_path / "run")])
    paths = [Path(line) for line in done.output.splitlines()]
    assert [path.name for path in paths] == [
        "report.html",
        "report.md",
        "results.json",
        "per_question.csv",
        "junit.xml",
    ]
    assert all(path.stat().st_size for path in paths)
    done = CliRunner().invoke(evaluate, ["report", str(tmp_path / "run"), "--out", str(tmp_path / "else" / "a.html")])
    assert done.output.splitlines()[0] == str(tmp_path / "else" / "a.html")


@pytest.mark.slow
def test_twelve_hundred_questions_stay_small(tmp_path, run):
    page, *_ = write_report(tmp_path / "page.html", sample_report(many(run, 1200)))
    assert page.stat().st_size < 15_000_000


@pytest.mark.slow
def test_a_browser_runs_nothing_and_asks_for_nothing(tmp_path, run):
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    trouble = []
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.on("request", lambda request: request.url.startswith("file:") or trouble.append(request.url))
        page.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda line: trouble.append(line.text))
        for name, text in zip(("report", "comparison"), spoilt_pages(run, "".join(PAYLOADS.values())), strict=True):
            path = tmp_path / f"{name}.html"
            path.write_text(text, encoding="utf-8")
            page.goto(path.as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.locator("script, img, link, [onload], [onerror], [onmouseover], [onfocus]").count() == 0
        browser.close()
    assert trouble == []
