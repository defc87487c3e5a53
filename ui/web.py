"""The page in the browser: rooms to ask and to look up in, and beside them the documents that are quoted.

gradio and fastapi are imported here and nowhere else, when a page is made. The page asks nothing of any
other machine, and its headers forbid the browser to.
"""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.document import Language
from index.errors import ArchiveError
from rag.compose import ExtractiveComposer
from rag.located import Located
from rag.models.sharing import Shared
from rag.pipeline import Pipeline
from rag.question import script
from ui import lookups, messages, page
from ui.addresses import addressed, recorded
from ui.kept import Keeper
from ui.pacing import paced
from ui.tab import Tab

if TYPE_CHECKING:
    from fastapi import FastAPI

_AT_ONCE = 32  # questions under way at the same time: those that `rag.models.sharing` lets wait for a model, and 8 more
_LOOKED_UP_AT_ONCE = 8
_WAITING = 64  # questions that may wait besides
_PAUSE = 0.1  # seconds between two looks at a growing answer; each sends the whole of it anew
_STYLE = Path(__file__).with_name("style.css")
_SCRIPT = Path(__file__).with_name("copy.js")

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

# A long answer is read from its beginning: a new question goes to the top, once, and the reader may go on from there.
_TO_NEWEST = """() => setTimeout(() => {
  const said = [...document.querySelectorAll("#chat :is(.asked, .refusal)")];
  if (said.length !== window.deloSaid) said.at(-1)?.closest(".message-row").scrollIntoView();
  window.deloSaid = said.length;
}, 50)"""

# What is pressed in the row above the box goes away; whoever pressed it by the keyboard goes on in the box.
_PRESSED = """element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  trigger("click", {anew: button.dataset.anew || "", kind: button.dataset.kind, value: button.dataset.value});
  document.querySelector("#question textarea").focus();
})"""

_BARE: dict[str, Any] = {"show_label": False, "container": False}  # of gradio's own furniture
_ASKING: dict[str, Any] = {
    "api_visibility": "private",
    "concurrency_id": "ask",
    "concurrency_limit": _AT_ONCE,
    "show_progress": "hidden",
    "trigger_mode": "multiple",  # the next question breaks off the one before
}


def build_app(
    pipeline: Pipeline, examples: Sequence[str] = (), *, hosts: Sequence[str] = ("*",), keeper: Keeper | None = None
) -> "FastAPI":
    """The whole page as an application: the conversation at `/`, a document at `/document/ID`, `/record/ADDRESS`.

    `examples` are questions to click, `hosts` the names that the page may be asked for by, "*" any; `keeper` keeps a
    record of each answer, if given.
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
    app.add_route("/record/{address:path}", partial(_record, pipeline, keeper))
    gradio.mount_gradio_app(
        app,
        _rooms(pipeline, examples, keeper),
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


def _rooms(pipeline: Pipeline, examples: Sequence[str], keeper: Keeper | None) -> Any:
    """The page of gradio: a room to ask in, one to look up in, and a frame for documents where there is room."""
    import gradio

    blocks = gradio.Blocks(title=messages.TITLE, analytics_enabled=False, fill_width=True, fill_height=True)
    with blocks, gradio.Row(elem_id="delo"):
        with gradio.Column(elem_id="conversation"):
            _html(page.introduction())
            with gradio.Tabs(elem_id="rooms"):
                with gradio.Tab(messages.ROOM_ASK, id="ask"):
                    _conversation(pipeline, examples, keeper)
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


def _conversation(pipeline: Pipeline, examples: Sequence[str], keeper: Keeper | None) -> None:
    """What was asked and answered, and a box for the next question with the limits that hold for it."""
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
    with gradio.Column(elem_id="asking"):
        held = gradio.HTML("", elem_id="held", apply_default_css=False, js_on_load=_PRESSED)
        by_model = _choice(pipeline.composer.model)
        box = _box("question", messages.ASK)
    _wire(pipeline, keeper, chat, (box, held, by_model))


def _choice(model: str | None) -> Any:
    """Who is to write the next answers: the language model, if there is one, or the documents alone."""
    import gradio

    choices = [(model or "", True), (messages.DOCUMENTS_ALONE, False)]
    return gradio.Radio(
        choices,
        value=True,
        label=messages.ANSWERED_BY,
        visible=model is not None,
        elem_id="by",
    )


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
        concurrency_id="look up",
        concurrency_limit=_LOOKED_UP_AT_ONCE,
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


def _wire(pipeline: Pipeline, keeper: Keeper | None, chat: Any, controls: tuple[Any, Any, Any]) -> None:
    """Let questions be asked; what was said is kept here, for each tab by itself, not by the browser."""
    import gradio

    box, held, by_model = controls
    shared = Shared(pipeline.composer)
    tab = gradio.State(Tab())

    async def ask(text: str, tab: Tab, by_model: bool) -> AsyncIterator[Any]:
        composer = shared if by_model else ExtractiveComposer()
        keep = partial(keeper.keep, by_model=by_model) if keeper else None
        typed: Any = ""  # the box is emptied once; then it holds the next question
        async with aclosing(paced(tab.ask(pipeline, text, composer, keep), _PAUSE)) as looks:
            async for _ in looks:
                yield typed, *_shown(tab)
                typed = gradio.skip()

    async def ask_example(tab: Tab, by_model: bool, chosen: gradio.SelectData) -> AsyncIterator[Any]:
        async for shown in ask(chosen.value["text"], tab, by_model):
            yield shown

    def press(tab: Tab, pressed: gradio.EventData) -> tuple[Any, Any, Any]:
        if pressed.anew:
            tab.stop()
            return _shown(Tab())
        tab.remove(pressed.kind, pressed.value)
        return _shown(tab)

    asking = _ASKING | {"outputs": [box, chat, tab, held]}
    box.submit(ask, [box, tab, by_model], **asking)
    chat.example_select(ask_example, [tab, by_model], **asking)
    held.click(press, [tab], outputs=[chat, tab, held], api_visibility="private", show_progress="hidden", queue=False)
    chat.change(None, js=_TO_NEWEST)


def _shown(tab: Tab) -> tuple[Any, Any, Any]:
    """A conversation for the page, for its next question, and for what is to be seen of it beside the box."""
    return [{"role": who, "content": _html(what)} for who, what in tab.messages()], tab, tab.limits_html()


def _html(markup: str, **options: Any) -> Any:
    """A piece of the page that gradio shows as it is."""
    import gradio

    return gradio.HTML(markup, apply_default_css=False, js_on_load=None, **options)


def _document(pipeline: Pipeline, request: Any) -> Any:
    """The page of one document."""
    return _paged(*addressed(pipeline, request.path_params["document_id"], request.query_params))


def _record(pipeline: Pipeline, keeper: Keeper | None, request: Any) -> Any:
    """The page of one record."""
    return _paged(*recorded(pipeline, keeper.records if keeper else None, request.path_params["address"]))


def _paged(status: int, shown: str) -> Any:
    from starlette.responses import HTMLResponse

    return HTMLResponse(shown, status, headers={"Content-Security-Policy": _DOCUMENT_POLICY})
