"""The conversation: the part of the page at `/` that gradio makes.

gradio is imported here, and for programs in endpoints.py, when a page is made.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from functools import partial
from typing import Any, cast

from rag.compose import ExtractiveComposer
from rag.models.sharing import Shared
from rag.talk.limits import LimitKind
from ui import messages
from ui.messages import shell
from ui.server import turns
from ui.server.endpoints import Endpoints, close_to_files, misnamed
from ui.server.pacing import paced
from ui.server.site import Site
from ui.server.tab import Tab

_AT_ONCE = turns.AT_ONCE + turns.WAITING + 32  # questions that gradio brings at once; who is answered, `turns` decides
_WAITING = 256  # that it may hold besides, for the moment until they are told to come again
_KEPT = 500  # conversations that are kept; those last used longest ago begin anew, for gradio forgets no closed tab
_PAUSE = 0.1  # seconds between two looks at a growing answer; each sends the whole of it anew

_BARE: dict[str, Any] = {"show_label": False, "container": False}  # of gradio's own furniture
_ASKING: dict[str, Any] = {
    "api_visibility": "private",
    "concurrency_id": "ask",
    "concurrency_limit": None,
    "show_progress": "hidden",
    "trigger_mode": "multiple",  # the next question breaks off the one before
}
_PRESSING: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
_ANEW = "anew"  # what the page's script says for "begin anew"; else it says a limit to remove, its kind and value


def mount(app: Any, site: Site, told: Callable[[int, str], Any]) -> None:
    """Serve the conversation at `/` of `app`; `told` makes a response to a program of a status and a line."""
    import gradio

    endpoints = Endpoints(site)
    blocks = _shell(site, endpoints)
    blocks.state_session_capacity = _KEPT
    close_to_files(blocks)
    gradio.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None, "exception_handlers": misnamed(told)},
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=site.mcp,
        max_file_size=1,
        auth_dependency=lambda request: request.scope.get("reader", ""),  # whoever is not let in does not come so far
        theme=_theme(),
    )
    blocks.config["connect_heartbeat"] = False  # a stream for each tab: browsers open no seventh to one server
    if site.mcp:
        endpoints.assist(blocks)


def _theme() -> Any:
    """The plainest theme, its fonts those of the reader's machine."""
    from gradio.themes import Base

    return Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])


def _shell(site: Site, endpoints: Endpoints) -> Any:
    """What gradio makes of the page: the conversation."""
    import gradio

    blocks = gradio.Blocks(title=messages.TITLE, analytics_enabled=False, fill_width=True)
    with blocks, gradio.Column(elem_id="delo"):
        endpoints.offer(blocks)  # before the conversation, whose private events must not take their names
        _conversation(site)
    blocks.max_threads = _AT_ONCE  # as many events does it do at once
    blocks.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING, api_open=False)
    return blocks


def _conversation(site: Site) -> None:
    """What was asked and answered, and a box for the next question with the limits that hold for it.

    What is said comes as markup of our own: it is put on the page as it is, with no other reading of it.
    """
    import gradio

    chat = gradio.Chatbot(
        elem_id="chat",
        layout="panel",
        height=None,
        autoscroll=False,
        buttons=[],
        feedback_options=None,
        render_markdown=False,
        sanitize_html=False,
        allow_tags=False,
        latex_delimiters=[],
        **_BARE,
    )
    with gradio.Column(elem_id="asking"):
        held = gradio.Markdown("", elem_id="held", sanitize_html=False, latex_delimiters=[])
        by_model = _choice(site.pipeline.composer.model)
        label = shell.QUESTION["en"]
        box = gradio.Textbox(elem_id="question", label=label, placeholder=label, max_lines=6, submit_btn=True, **_BARE)
        pressed = gradio.Textbox(elem_id="pressed", submit_btn=True, **_BARE)  # the script tells what was pressed
    _wire(site, (box, chat, held, by_model, pressed))


def _choice(model: str | None) -> Any:
    """Who is to write the next answers: the language model, if there is one, or the documents alone."""
    import gradio

    choices = [(model or "", True), (shell.DOCUMENTS_ALONE["en"], False)]
    return gradio.Radio(
        choices,
        value=True,
        label=shell.ANSWERED_BY["en"],
        visible=model is not None,
        elem_id="by",
    )


def _wire(site: Site, parts: tuple[Any, Any, Any, Any, Any]) -> None:
    """Let questions be asked; what was said is kept here, for each tab by itself, not by the browser."""
    import gradio

    pipeline, keeper = site.pipeline, site.keeper
    box, chat, held, by_model, pressed = parts
    shared = Shared(pipeline.composer)
    tab = gradio.State(Tab())

    async def ask(text: str, tab: Tab, by_model: bool, request: gradio.Request) -> AsyncIterator[Any]:
        composer = shared if by_model else ExtractiveComposer()
        keep = partial(keeper.keep, by_model=by_model) if keeper else None
        place = site.turns.place(request.username or request.session_hash or "")
        typed: Any = ""  # the box is emptied once; then it holds the next question
        async with aclosing(paced(tab.ask(pipeline, text, composer, keep, place), _PAUSE)) as looks:
            async for _ in looks:
                yield typed, *_shown(tab)
                typed = gradio.skip()

    def press(told: str, tab: Tab) -> tuple[Any, Any, Any]:
        kind, _, value = told.partition(" ")
        if kind == _ANEW:
            tab.stop()
            return _shown(Tab())
        tab.remove(cast(LimitKind, kind), value)
        return _shown(tab)

    box.submit(ask, [box, tab, by_model], outputs=[box, chat, tab, held], **_ASKING)
    pressed.submit(press, [pressed, tab], outputs=[chat, tab, held], **_PRESSING)


def _shown(tab: Tab) -> tuple[Any, Any, Any]:
    """A conversation for the page, for its next question, and for what is to be seen of it beside the box."""
    said = [{"role": who, "content": _whole(what)} for who, what in tab.messages()]
    return said, tab, _whole(tab.limits_html())


def _whole(markup: str) -> str:
    """The same markup in one line: gradio takes white space off the beginnings of lines, which may be a document's."""
    return markup.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")
