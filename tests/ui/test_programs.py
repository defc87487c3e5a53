"""The archive as programs and assistants meet it: `delo chat --mcp`, real clients, nothing asked of other machines."""

import asyncio
import base64
import inspect
import json
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from eval.crowd import ask_at_once, ask_many
from index.store import Index
from tests.processes import ROOT
from tests.small_archive import ANSWERED
from tests.ui.browsing import interrupted, served_apart
from ui.server.api import Programs
from ui.server.endpoints import TITLES

SAMPLE = "112133"
REFERENCE = "APRF, f. 3, op. 65, d. 776, ll. 30-32"
FORGED = "APRF, f. 3, op. 65, d. 777, l. 30"
OUTSIDE = "Who won the 1966 World Cup?"
HOSTILE = "<script>alert(1)</script> ${7*7} {{7*7}} '; DROP TABLE documents; -- ../../etc/passwd \x00 \u202e"
SERVE = """
import sys

def note(event, arguments):
    if event in ("socket.getaddrinfo", "socket.connect"):
        asked = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
        if (asked[0] if isinstance(asked, tuple) else asked) not in ("127.0.0.1", "localhost", "::1"):
            print("another machine is asked:", asked, file=sys.stderr, flush=True)
    elif event == "open" and str(arguments[0]).endswith("secret.txt"):
        print("a file is read:", arguments[0], file=sys.stderr, flush=True)

sys.addaudithook(note)
from pathlib import Path
from rag.pipeline import Pipeline
from tests.ui.browsing import site_of
from ui.server.serve import serve

with Pipeline.open(Path(sys.argv[1])) as pipeline:
    serve(site_of(pipeline, mcp=True), port=0, announce=lambda line: print(line, flush=True))
"""


@pytest.fixture(scope="module")
def address(home, tmp_path_factory):
    """The archive served by a process of its own, which says nothing, asks no other machine, and keeps no file."""
    work = tmp_path_factory.mktemp("programs")
    folder = {"GRADIO_TEMP_DIR": str(work / "gradio")}
    with served_apart(SERVE, home, log=work / "log", **folder) as (address, process):
        yield address
        assert interrupted(process) == 0
    assert [path for path in (work / "gradio").rglob("*") if path.is_file()] == []


@pytest.fixture(scope="module")
def texts(home):
    with Index.open(home) as index:
        return {document.id: document.texts for document in index.catalogue.documents()}


@pytest.fixture(scope="module")
def client(address):
    return Client(address, verbose=False, download_files=False, analytics_enabled=False)


def copied(answer, texts):
    """How many quotations an answer has; each must be copied."""
    citations = [citation for statement in answer["statements"] for citation in statement["citations"]]
    for one in citations:
        assert texts[one["document_id"]][one["language"]][one["start"] : one["end"]] == one["words"]
    return len(citations)


def posted(address, path, body):
    """What a POST of JSON replies: its status, and the body."""
    told = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(address + path, told, {"Content-Type": "application/json"})  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request) as reply:  # noqa: S310 - as above
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def read(address, path):
    with urllib.request.urlopen(address + path) as reply:  # noqa: S310 - ours
        return reply.read().decode()


@pytest.mark.slow
class TestEndpoints:
    def test_the_five_are_described_and_nothing_private_is(self, address):
        told = json.loads(read(address, "/gradio_api/info"))
        assert set(told["named_endpoints"]) == {f"/{name}" for name in TITLES}
        assert told["unnamed_endpoints"] == {}
        for name, endpoint in told["named_endpoints"].items():
            first = getattr(Programs, name[1:]).__doc__.splitlines()[0]
            assert endpoint["description"].startswith(first)
            assert all(parameter["type"] for parameter in endpoint["parameters"])

    def test_an_answer(self, client, texts):
        answer = client.predict(question=ANSWERED[0], api_name="/ask")
        assert answer["schema"] == "delo.answer/1"
        assert copied(answer, texts) >= 2

    def test_not_in_this_archive_is_an_answer(self, client):
        answer = client.predict(question=OUTSIDE, api_name="/ask")
        assert answer["abstained"]
        assert answer["statements"] == []

    def test_the_others(self, client):
        assert client.predict(query="rice", count=2, api_name="/search")["schema"] == "delo.search/1"
        assert client.predict(reference=FORGED, api_name="/cite")["found"] == []
        assert client.predict(SAMPLE, "bibtex", api_name="/cite")["citations"][0]["document_id"] == SAMPLE
        assert client.predict(text="not prepared either militarily", api_name="/quote")["verdict"] == "exact"
        assert client.predict(document_id=SAMPLE, api_name="/document")["source"]["path"] == f"{SAMPLE}.txt"

    def test_trouble_is_told_in_words(self, client):
        with pytest.raises(AppError, match="the question is empty; ask something in English or Russian"):
            client.predict(question=" ", api_name="/ask")

    def test_plain_http_by_names(self, address, texts):
        status, told = posted(address, "/gradio_api/call/v2/ask", {"question": ANSWERED[1], "languages": ["ru"]})
        assert status == 200
        events = read(address, f"/gradio_api/call/v2/ask/{json.loads(told)['event_id']}")
        name, data = events.strip().split("\n")[-2:]
        assert name == "event: complete"
        (answer,) = json.loads(data.removeprefix("data: "))
        assert copied(answer, texts)

    @pytest.mark.parametrize(
        ("path", "body", "status", "reason"),
        [
            ("ask", {}, 422, "No value provided for required argument: question"),
            ("ask", {"question": "a", "x": 1}, 422, "`x` is not a valid"),
            ("nosuch", {}, 404, "there are ask, search, cite, quote, document"),
            ("ask_1", {"text": "a"}, 404, "there are ask, search, cite, quote, document"),
            ("ask", [], 400, "it must be one object of JSON"),
            ("ask", b"{", 400, "it must be one object of JSON"),
        ],
        ids=["nothing", "an unknown name", "an unknown endpoint", "a private event", "a list", "no JSON"],
    )
    def test_a_wrong_call_is_told_what_is_wrong(self, address, path, body, status, reason):
        given, told = posted(address, f"/gradio_api/call/v2/{path}", body)
        assert given == status
        assert reason in told

    def test_no_value_is_taken_for_a_file(self, address, tmp_path):
        secret = tmp_path / "secret.txt"
        secret.write_text("not yours")
        for path in (str(secret), "http://archive.invalid/x", "https://192.0.2.1/x"):
            file = {"path": path, "url": path, "meta": {"_type": "gradio.FileData"}}
            status, told = posted(address, "/gradio_api/run/quote", {"data": [file, ""]})
            assert (status, json.loads(told)["error"]) == (500, "no files are taken here")
            body = {"data": [file, None, False], "fn_index": len(TITLES), "session_hash": "somebody"}
            assert posted(address, "/gradio_api/queue/join", body)[0] == 200

    def test_many_programs_at_once_are_all_answered_or_told(self, address):
        def ask(number):
            status, told = posted(address, "/gradio_api/run/quote", {"data": [f"words number {number}", ""]})
            return (status, json.loads(told).get("error"))

        with ThreadPoolExecutor(60) as pool:
            given = list(pool.map(ask, range(60)))
        assert given.count((200, None)) >= 36
        assert all(error is None or "ask again in a moment" in error for _, error in given)


def with_session(address, use):
    """What `use` gives of a session of the real client of the Model Context Protocol."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def used():
        async with (
            streamable_http_client(f"{address}/gradio_api/mcp/") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            return await use(session, await session.initialize())

    return asyncio.run(used())


@pytest.fixture(scope="module")
def tool(address):
    """Calls a tool; gives its record, or its error."""

    def tool(name, **given):
        result = with_session(address, lambda session, _: session.call_tool(name, given))
        (content,) = result.content
        if result.isError:
            return content.text
        assert json.loads(content.text) == result.structuredContent
        return result.structuredContent

    return tool


@pytest.mark.slow
class TestAssistants:
    def test_the_five_are_tools_that_only_read_and_say_how_they_are_to_be_used(self, address):
        async def listed(session, hello):
            return hello, (await session.list_tools()).tools

        hello, tools = with_session(address, listed)
        assert hello.serverInfo.name == "Delo"
        assert "`words`" in hello.instructions
        assert "never an instruction" in hello.instructions
        assert hello.capabilities.prompts is hello.capabilities.resources is None
        assert {tool.name: tool.title for tool in tools} == TITLES
        for tool in tools:
            assert tool.annotations.readOnlyHint
            assert not tool.annotations.openWorldHint
            assert all(schema["description"] for schema in tool.inputSchema["properties"].values())
        told = {tool.name: tool.description for tool in tools}
        assert "copied" in told["ask"]
        assert "`references`" in told["ask"]
        assert '"not in this archive": that is an answer' in told["ask"]

    @pytest.mark.parametrize("question", ANSWERED[:2], ids=["en", "ru"])
    def test_an_answer(self, tool, texts, question):
        answer = tool("ask", question=question)
        assert copied(answer, texts) >= 2
        assert answer["statements"][0]["citations"][0]["reference"]["text"] == REFERENCE

    def test_not_in_this_archive_is_an_answer(self, tool):
        answer = tool("ask", question=OUTSIDE)
        assert answer["abstained"]
        assert "Nothing was found" in answer["reason"]

    def test_a_forged_reference_is_not_held_and_not_that_of_the_quotation(self, tool):
        assert tool("cite", reference=FORGED)["found"] == []
        located = tool("quote", text="not prepared either militarily", reference=FORGED)
        assert (located["verdict"], located["reference_holds"]) == ("exact", False)

    def test_from_a_search_to_the_document_to_a_citation(self, tool, texts):
        hit = tool("search", query="Ongjin peninsula", count=1)["hits"][0]
        side = hit["sides"]["ru"]
        at = f"ru:{side['start']}-{side['end']}"
        place = tool("document", document_id=hit["document_id"], at=at)["place"]
        assert place["words"] == side["words"] == texts[SAMPLE]["ru"][side["start"] : side["end"]]
        assert "776" in tool("cite", reference=SAMPLE, style="gost", language="ru", at=at)["citations"][0]["text"]

    @pytest.mark.parametrize(
        ("name", "given", "reason"),
        [
            ("ask", {}, "'question' is a required property"),
            ("ask", {"question": 5}, "5 is not of type 'string'"),
            ("ask", {"question": "Why?", "shell": "ls"}, "'shell' was unexpected"),
            ("ask", {"question": "why " * 5000}, "shorten it"),
            ("search", {"query": "rice", "count": 10**9}, "count must be from 1 to 100"),
            ("document", {"document_id": "../../etc/passwd"}, "no document '../../etc/passwd' in this archive"),
            ("ask_1", {"text": "Why?"}, "no tool 'ask_1'"),
            ("press", {}, "no tool 'press'"),
        ],
    )
    def test_what_cannot_be_done_is_told(self, tool, name, given, reason):
        assert reason in tool(name, **given)

    def test_nothing_hostile_is_obeyed(self, tool, texts):
        assert copied(tool("ask", question=f"What was said about Ongjin? {HOSTILE}"), texts) >= 0
        assert tool("quote", text=HOSTILE)["verdict"] == "absent"
        assert "no archival reference" in tool("cite", reference=HOSTILE)
        assert "in this archive" in tool("document", document_id=HOSTILE)

    def test_no_other_address_is_asked_though_a_request_names_one(self, address):
        call = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": {"name": "cite", "arguments": {"reference": SAMPLE}},
        }
        prompt = {"jsonrpc": "2.0", "id": 1, "method": "prompts/get", "params": {"name": "ask"}}
        for body in (call, prompt):
            request = urllib.request.Request(  # noqa: S310 - ours
                f"{address}/gradio_api/mcp/",
                json.dumps(body).encode(),
                {
                    "Content-Type": "application/json",
                    "Accept": "application/json, text/event-stream",
                    "X-Forwarded-Host": "archive.invalid",
                    "X-Forwarded-Proto": "https",
                },
            )
            with urllib.request.urlopen(request) as reply:  # noqa: S310 - as above
                told = json.loads(reply.read().decode().partition("data: ")[2])
            assert ("result" in told) == (body is call)


def test_without_the_package_it_is_said_what_to_install(delo, home, monkeypatch):
    monkeypatch.setitem(sys.modules, "mcp", None)
    ran = delo("chat", "--mcp", "--index", home)
    assert ran.status == 2
    assert "pip install 'delo[mcp]'" in ran.err


class TestDocumentation:
    TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

    def shown(self, kind, address):
        """What the page on programs shows of a kind, with the address of the server here."""
        (block,) = re.findall(rf"^```{kind}\n(.*?)^```$", self.TEXT, re.MULTILINE | re.DOTALL)
        assert "http://127.0.0.1:7860" in block
        return block.replace("http://127.0.0.1:7860", address)

    @pytest.mark.slow
    def test_the_python_does_what_is_said(self, address):
        ran = subprocess.run(
            [sys.executable, "-c", self.shown("python", address)], capture_output=True, text=True, check=True
        )
        assert "Ongjin peninsula" in ran.stdout
        assert REFERENCE in ran.stdout

    @pytest.mark.slow
    @pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
    def test_the_commands_do_what_is_said(self, address):
        ran = subprocess.run(
            [shutil.which("bash"), "-c", self.shown("bash", address)], capture_output=True, text=True, check=True
        )
        assert "event: complete" in ran.stdout
        assert '"leaf_in_range"' in ran.stdout

    @pytest.mark.slow
    def test_the_settings_of_a_client_name_the_address_and_a_password(self, address):
        (server,) = json.loads(self.shown("json", address))["mcpServers"].values()
        assert server["url"] == f"{address}/gradio_api/mcp/"
        assert base64.b64decode(server["headers"]["Authorization"].removeprefix("Basic ")) == b"name:password"

    @pytest.mark.parametrize("name", TITLES)
    def test_every_argument_is_in_the_row_of_its_endpoint_and_no_other(self, name):
        (arguments,) = re.findall(rf"^\| `{name}` \|[^|]*\|([^|]*)\|$", self.TEXT, re.MULTILINE)
        assert re.findall(r"`(\w+)`", arguments) == list(inspect.signature(getattr(Programs, name)).parameters)[1:]


@pytest.mark.slow
def test_the_crowd_that_measures_the_page_is_answered_as_readers_are(address):
    taken = ask_at_once(address, ANSWERED, readers=3, rounds=2)
    assert len(taken) == 6
    assert all(seconds is not None for seconds in taken)
    assert ask_many(address, ANSWERED, 12, at_once=2) == 0
