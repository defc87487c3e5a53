"""What programs may ask: the records of the command line, under the same promises, whatever they send."""

import asyncio
import contextlib
import json
from dataclasses import replace
from threading import Event
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index.errors import ArchiveError
from index.store import Index
from rag.cite import STYLES, VARIANTS
from rag.pipeline import Pipeline
from tests.small_archive import ANSWERED, RUSSIAN_ONLY
from tests.ui.browsing import site_of
from ui.arguments import MOST_NAMES
from ui.kept import Keeper
from ui.options import Answering
from ui.server.api import Programs, Style
from ui.server.app import build_app
from ui.server.hatch import Hatch, HatchBusyError

SAMPLE = "112133"
REFERENCE = "APRF, f. 3, op. 65, d. 776, ll. 30-32"
FORGED = "APRF, f. 3, op. 65, d. 777, l. 30"
OUTSIDE = "Who won the 1966 World Cup?"
QUOTED = "not prepared either militarily"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def site(home):
    with Pipeline.open(home) as pipeline:
        yield site_of(pipeline)


@pytest.fixture(scope="module")
def programs(site):
    return Programs(site)


@pytest.fixture(scope="module")
def texts(home):
    with Index.open(home) as index:
        return {document.id: document.texts for document in index.catalogue.documents()}


SAME = {
    "an answer": (lambda p: p.ask(ANSWERED[0]), ("ask", ANSWERED[0])),
    "not in this archive": (lambda p: p.ask(OUTSIDE), ("ask", OUTSIDE)),
    "limits": (
        lambda p: p.ask(ANSWERED[4], after="1952", before="1952-02", archives=["APRF"], languages=["en"]),
        ("ask", ANSWERED[4], "--after=1952", "--before=1952-02", "--archive=APRF", "--language=en"),
    ),
    "a search": (lambda p: p.search("rice", count=3), ("search", "rice", "--count=3")),
    "a reference": (lambda p: p.cite(REFERENCE), ("cite", REFERENCE)),
    "a forged reference": (lambda p: p.cite(FORGED), ("cite", FORGED)),
    "a document's references": (lambda p: p.cite(SAMPLE), ("cite", SAMPLE)),
    "a citation": (lambda p: p.cite(SAMPLE, "gost", "ru"), ("cite", SAMPLE, "--style=gost", "--in=ru")),
    "a citation of a place": (
        lambda p: p.cite(SAMPLE, "ris", at="en:0-9"),
        ("cite", SAMPLE, "--style=ris", "--at=en:0-9"),
    ),
    "a quotation": (lambda p: p.quote(QUOTED), ("quote", QUOTED)),
    "a quotation and a reference": (
        lambda p: p.quote(QUOTED, FORGED),
        ("quote", QUOTED, "--reference", FORGED),
    ),
}


@pytest.mark.parametrize(("asked", "words"), SAME.values(), ids=SAME)
def test_programs_get_what_the_command_line_prints(programs, delo, home, asked, words):
    verb, *rest = words
    ran = delo(verb, "--index", home, "--json", *rest)
    told = json.loads(ran.out)
    if "seconds" in told:
        told["seconds"] = None
    got = asked(programs)
    assert json.loads(json.dumps(got)) == told | ({"seconds": got["seconds"]} if "seconds" in told else {})


def test_a_whole_document_is_that_of_the_command_line_without_the_folder_of_its_file(programs, delo, home):
    told = json.loads(delo("show", SAMPLE, "--index", home, "--json").out)
    assert "/" in told["source"]["path"]
    told["source"]["path"] = f"{SAMPLE}.txt"
    assert json.loads(json.dumps(programs.document(SAMPLE))) == told


@pytest.mark.parametrize("question", ANSWERED)
def test_every_quotation_is_copied_and_every_reference_of_the_catalogue(programs, texts, question):
    answer = programs.ask(question)
    assert not answer["abstained"]
    for statement in answer["statements"]:
        for citation in statement["citations"]:
            held = texts[citation["document_id"]][citation["language"]]
            assert held[citation["start"] : citation["end"]] == citation["words"]
            held_under = programs.cite(citation["document_id"])["found"]
            assert citation["references"] == [found["reference"] for found in held_under]


def test_a_place_of_a_document_comes_with_what_faces_it_and_what_stands_around(programs, texts):
    whole = programs.document(SAMPLE)
    side = whole["passages"][2]["sides"]["en"]
    excerpt = programs.document(SAMPLE, at=f"en:{side['start']}-{side['end']}")
    assert excerpt["place"]["words"] == side["words"]
    assert excerpt["place"]["parallel"]["words"] in texts[SAMPLE]["ru"]
    assert excerpt["passages"] == whole["passages"][1:4]
    assert excerpt["references"] == whole["references"]
    assert "texts" not in excerpt


def test_a_place_at_the_beginning_has_nothing_before_it(programs):
    whole = programs.document(RUSSIAN_ONLY)
    side = whole["passages"][0]["sides"]["ru"]
    excerpt = programs.document(RUSSIAN_ONLY, at=f"ru:{side['start']}-{side['end']}")
    assert excerpt["passages"] == whole["passages"][:2]
    assert excerpt["place"]["parallel"] is None


def test_an_answer_is_kept_where_answers_are(site, tmp_path):
    keeper = Keeper(tmp_path, Answering())
    address = Programs(replace(site, keeper=keeper)).ask(ANSWERED[0])["record"]
    assert ANSWERED[0] in json.dumps(keeper.records.read(address))


REFUSED = {
    "no question": (lambda p: p.ask(""), "the question is empty"),
    "no text": (lambda p: p.ask(5), "the question must be text, not a number"),
    "an object": (lambda p: p.quote({"path": "/etc/passwd"}), "text must be text, not an object"),
    "too long": (lambda p: p.ask("why " * 5000), "the question has 20000 characters, the most is 10000"),
    "half a character": (lambda p: p.quote("\ud800"), "surrogates"),
    "no date": (lambda p: p.ask("Why?", after="soon"), "'soon' is not a date"),
    "no day": (lambda p: p.ask("Why?", after="1950", before="1949"), "no day is both"),
    "no language": (lambda p: p.search("rice", languages=["fr"]), "must be one of ru, en"),
    "too many names": (lambda p: p.search("rice", persons=["x"] * (MOST_NAMES + 1)), "persons has 51 names"),
    "names of no kind": (lambda p: p.search("rice", persons=[[]]), "each of persons must be text, not a list"),
    "too many passages": (lambda p: p.search("rice", count=101), "count must be from 1 to 100"),
    "true is no number": (lambda p: p.search("rice", count=True), "must be a whole number, not true or false"),
    "no switch": (lambda p: p.ask("Why?", documents_alone="no"), "must be true or false, not text"),
    "no reference": (lambda p: p.cite("a letter"), "no archival reference"),
    "no style": (lambda p: p.cite(SAMPLE, "mla"), "style is 'mla'; it must be one of"),
    "no place": (lambda p: p.document(SAMPLE, at="somewhere"), "'somewhere' is not a place"),
    "a place beyond the end": (lambda p: p.document(SAMPLE, at="en:0-999999"), "no place en:0-999999"),
    "half a word": (lambda p: p.document(SAMPLE, at="en:0-1"), "cuts a word in two"),
    "no document": (lambda p: p.document("../../etc/passwd"), "no document '../../etc/passwd' in this archive"),
    "no number": (lambda p: p.cite("999"), "no document '999' in this archive"),
}


@pytest.mark.parametrize(("asked", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_told(programs, asked, reason):
    with pytest.raises(ArchiveError) as refused:
        asked(programs)
    assert reason in str(refused.value)


@given(
    name=st.sampled_from(["ask", "search", "cite", "quote", "document"]), sent=st.lists(JSON, min_size=1, max_size=3)
)
@settings(max_examples=30, deadline=None)
def test_whatever_is_sent_gets_a_record_or_is_refused(programs, name, sent):
    few = sent[: 2 if name in {"quote", "document"} else 3]
    with contextlib.suppress(ArchiveError):
        assert getattr(programs, name)(*few)["schema"]


def test_the_styles_are_those_that_there_are():
    assert get_args(Style) == ("", *STYLES, *VARIANTS)


def test_programs_wait_for_each_other_and_those_too_many_are_told():
    gate, begun = Event(), []

    def work():
        begun.append(1)
        return gate.wait(10)

    async def all_at_once():
        hatch = Hatch(at_once=2, most_waiting=3)
        asked = [asyncio.create_task(hatch.serve(work)) for _ in range(7)]
        while len(begun) < 2 or not all(task.done() for task in asked[5:]):
            await asyncio.sleep(0.01)
        assert len(begun) == 2
        assert [task.done() for task in asked] == [False] * 5 + [True] * 2
        gate.set()
        return await asyncio.gather(*asked, return_exceptions=True), await hatch.serve(work)

    given_, afterwards = asyncio.run(all_at_once())
    assert given_[:5] == [True] * 5
    assert [type(refused) for refused in given_[5:]] == [HatchBusyError] * 2
    assert afterwards is True


def test_nothing_of_a_programs_call_is_kept(site):
    app = build_app(replace(site, hosts=["127.0.0.1"]))
    (shell,) = (route.app for route in app.routes if route.path == "")
    holder = shell._app.state_holder
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for number in range(3):
            body = {"data": [QUOTED, ""], "session_hash": f"program {number}"}
            assert client.post("/gradio_api/run/quote", json=body).status_code == 200
            told = client.post("/gradio_api/call/v2/cite", json={"reference": SAMPLE}).json()
            assert '"112133"' in client.get(f"/gradio_api/call/v2/cite/{told['event_id']}").text
    assert not holder.session_data
