"""The page in the browser: rooms to ask and to look up in, and beside them the documents that are quoted.

gradio and fastapi are imported here and nowhere else, when a page is made. The page asks nothing of any
other machine, and its headers forbid the browser to.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.document import LANGUAGES, Document, Language, Span
from index.errors import ArchiveError
from rag.located import Located
from rag.pipeline import Pipeline
from rag.question import Question, script
from ui import lookups, messages, page

if TYPE_CHECKING:
    from fastapi import FastAPI

_AT_ONCE = 8  # questions that are answered at the same time; more wait
_WAITING = 64  # questions that may wait
_STYLE = Path(__file__).with_name("style.css")
_SCRIPT = Path(__file__).with_name("copy.js")
_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})(?:-([0-9a-f]{8}))?")

# The page of gradio is made of scripts that write scripts; a document has none.
_CHAT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; "
    "form-action 'self'; base-uri 'self'; object-src 'none'"
)
_DOCUMENT_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'"
_HEADERS = {
    "Content-Security-Policy": _CHAT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

# A long answer is read from its beginning: the newest question goes to the top.
_TO_NEWEST = """() => setTimeout(() =>
  [...document.querySelectorAll("#chat :is(.asked, .refusal)")].at(-1)?.closest(".message-row").scrollIntoView(), 50)"""

_BARE: dict[str, Any] = {"show_label": False, "container": False}  # of gradio's own furniture

_Turn = tuple[str, str]  # who speaks, "user" or "assistant", and the HTML of what is said


def build_app(pipeline: Pipeline, examples: Sequence[str] = (), *, hosts: Sequence[str] = ("*",)) -> "FastAPI":
    """The whole page as an application: the conversation at `/`, a document at `/document/ID`.

    `examples` are questions to click, `hosts` the names that the page may be asked for by, "*" any.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by gradio when it is imported
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import gradio
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.responses import FileResponse, Response

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(_guarded)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.add_route("/style.css", lambda request: FileResponse(_STYLE))
    app.add_route("/copy.js", lambda request: FileResponse(_SCRIPT))
    app.add_route("/favicon.ico", lambda request: Response(page.ICON, media_type="image/svg+xml"))
    app.add_route("/document/{document_id:path}", partial(_document, pipeline))
    gradio.mount_gradio_app(
        app,
        _rooms(pipeline, examples),
        path="/",
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        max_file_size=1,
        theme=_theme(),
        head='<link rel="stylesheet" href="style.css"><script type="module" src="copy.js"></script>',
    )
    return app


def _guarded(app: Any) -> Any:
    """`app` with the headers that keep a page from what it need not do."""
    from starlette.datastructures import MutableHeaders

    async def guarded(scope: Any, receive: Any, send: Any) -> None:
        async def send_guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await app(scope, receive, send_guarded)

    return guarded


def _theme() -> Any:
    """The plainest theme, its fonts those of the reader's machine."""
    from gradio.themes import Base

    return Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])


def _rooms(pipeline: Pipeline, examples: Sequence[str]) -> Any:
    """The page of gradio: a room to ask in, one to look up in, and a frame for documents where there is room."""
    import gradio

    blocks = gradio.Blocks(title=messages.TITLE, analytics_enabled=False, fill_width=True, fill_height=True)
    with blocks, gradio.Row(elem_id="delo"):
        with gradio.Column(elem_id="conversation"):
            _html(page.introduction())
            with gradio.Tabs(elem_id="rooms"):
                with gradio.Tab(messages.ROOM_ASK, id="ask"):
                    _conversation(pipeline, examples)
                with gradio.Tab(messages.ROOM_LOOK_UP, id="look-up"):
                    _look_up(pipeline)
        _html('<iframe name="reader" title="Document · Документ" src="document/"></iframe>', elem_id="reader")
    blocks.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING, api_open=False)
    return blocks


def _box(name: str, label: str) -> Any:
    """A box to type in, with a button that sends what was typed."""
    import gradio

    return gradio.Textbox(
        elem_id=name,
        label=label,
        placeholder=label,
        max_lines=6,
        submit_btn=True,
        autofocus=name == "question",
        **_BARE,
    )


def _conversation(pipeline: Pipeline, examples: Sequence[str]) -> None:
    """What was asked and answered, and a box for the next question."""
    import gradio

    chat = gradio.Chatbot(
        elem_id="chat",
        layout="panel",
        height=None,
        autoscroll=False,
        buttons=[],
        feedback_options=None,
        render_markdown=False,
        latex_delimiters=[],
        placeholder=messages.EXAMPLES if examples else None,
        examples=[{"text": example} for example in examples],
        **_BARE,
    )
    _wire(pipeline, chat, _box("question", messages.ASK))


def _look_up(pipeline: Pipeline) -> None:
    """A box for a reference or a quotation, whichever is pasted, and what it leads to."""
    box = _box("sought", messages.LOOK_UP)
    found = _html(lookups.help_html(), elem_id="found")

    def consult(text: str) -> str:
        language = script(text) or "en"
        try:
            return _consulted(pipeline, text, language)
        except ArchiveError as error:
            return page.refusal_html(str(error), language, messages.NOT_LOOKED_UP)

    box.submit(
        consult,
        [box],
        outputs=[found],
        api_visibility="private",
        concurrency_id="ask",
        concurrency_limit=_AT_ONCE,
        show_progress="minimal",
    )


def _consulted(pipeline: Pipeline, text: str, language: Language) -> str:
    result = pipeline.consult(text)
    if isinstance(result, Located):
        return lookups.located_html(result, language)
    wanted = [held.document_id for held in result.found][: lookups.MOST_SHOWN]
    with pipeline.opened() as index:
        documents = {document.id: document for document in index.catalogue.documents(wanted)}
    return lookups.lookup_html(result, documents, language)


def _wire(pipeline: Pipeline, chat: Any, box: Any) -> None:
    """Let questions be asked in `box` or by clicking an example; what was said is kept here, not by the browser."""
    import gradio

    def ask(text: str, said: list[_Turn]) -> Iterator[Any]:
        for turns in _turns(pipeline, text):
            told = [*said, *turns]
            yield "", [{"role": who, "content": _html(what)} for who, what in told], told

    def ask_example(said: list[_Turn], chosen: gradio.SelectData) -> Iterator[Any]:
        yield from ask(chosen.value["text"], said)

    said = gradio.State([])
    shared: dict[str, Any] = {
        "outputs": [box, chat, said],
        "api_visibility": "private",
        "concurrency_id": "ask",
        "concurrency_limit": _AT_ONCE,
        "show_progress": "hidden",
    }
    box.submit(ask, [box, said], **shared)
    chat.example_select(ask_example, [said], **shared)
    chat.change(None, js=_TO_NEWEST)
    chat.clear(list, outputs=[said], api_visibility="private")


def _html(markup: str, **options: Any) -> Any:
    """A piece of the page that gradio shows as it is."""
    import gradio

    return gradio.HTML(markup, apply_default_css=False, js_on_load=None, **options)


def _turns(pipeline: Pipeline, text: str) -> Iterator[list[_Turn]]:
    """What a question adds to the conversation: itself at once, then its answer."""
    language = script(text) or "en"
    asked = [("user", page.question_html(text, language))] if text.strip() else []
    yield [*asked, ("assistant", page.waiting_html(language))]
    try:
        answered = page.answer_html(pipeline.ask(Question.of(text)))
    except ArchiveError as error:
        answered = page.refusal_html(str(error), language)
    yield [*asked, ("assistant", answered)]


def _document(pipeline: Pipeline, request: Any) -> Any:
    """The page of one document; of none, if the address names none."""
    from starlette.responses import HTMLResponse

    asked = request.query_params
    language: Language = "ru" if asked.get("labels") == "ru" else "en"
    try:
        status, shown = _read(pipeline, request.path_params["document_id"], asked, language)
    except ArchiveError as error:
        status, shown = 500, page.notice_page(str(error), language)
    return HTMLResponse(shown, status, headers={"Content-Security-Policy": _DOCUMENT_POLICY})


def _read(pipeline: Pipeline, document_id: str, asked: Mapping[str, str], language: Language) -> tuple[int, str]:
    """The status and the page of a document, opened at the places that were asked for."""
    with pipeline.opened() as index:
        catalogue = index.catalogue
        if not document_id:
            return 200, page.empty_page(catalogue.counts()["documents"], catalogue.date_range(), catalogue.archives())
        if (document := catalogue.document(document_id)) is None:
            return 404, page.notice_page(messages.MISSING[language].format(document_id), language)
        places = {side: _place(document, side, asked[side]) for side in LANGUAGES if side in asked}
        marks = {side: span for side, span in places.items() if span is not None}
        moved = len(marks) < len(places)
        return 200, page.document_page(document, catalogue.passages(document), marks, language, moved=moved)


def _place(document: Document, language: Language, place: str) -> Span | None:
    """The place that an address names, or None if the text has no such place, or now other words there."""
    named = _PLACE.fullmatch(place)
    if named is None:
        return None
    span = Span(int(named[1]), int(named[2]))
    if not span.start < span.end <= len(document.texts.get(language, "")):
        return None
    return span if named[3] in (None, page.check_sum(document, language, span)) else None
