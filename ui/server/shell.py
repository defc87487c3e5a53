"""The conversation: the part of the page that gradio makes, and the desk beside it.

gradio is imported here, and for programs in endpoints.py, when a page is made.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from functools import partial
from typing import Any

from rag.compose import ExtractiveComposer
from rag.models.sharing import Shared
from ui import messages
from ui.page.frame import HEAD, navigation, skip
from ui.server import turns
from ui.server.endpoints import Endpoints, close_to_files, misnamed
from ui.server.pacing import paced
from ui.server.site import Site
from ui.server.tab import Tab

_AT_ONCE = turns.AT_ONCE + turns.WAITING + 32  # questions that gradio brings at once; who is answered, `turns` decides
_WAITING = 256  # that it may hold besides, for the moment until they are told to come again
_KEPT = 500  # conversations that are kept; those last used longest ago begin anew, for gradio forgets no closed tab
_PAUSE = 0.1  # seconds between two looks at a growing answer; each sends the whole of it anew

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
    "concurrency_limit": None,
    "show_progress": "hidden",
    "trigger_mode": "multiple",  # the next question breaks off the one before
}


def mount(app: Any, site: Site, told: Callable[[int, str], Any]) -> None:
    """Serve the conversation at `/` of `app`; `told` makes a response to a program of a status and a line."""
    import gradio

    endpoints = Endpoints(site)
    shell = _shell(site, endpoints)
    shell.state_session_capacity = _KEPT
    close_to_files(shell)
    gradio.mount_gradio_app(
        app,
        shell,
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
        head=HEAD + '<script type="module" src="/delo/shell.js"></script>',
    )
    if site.mcp:
        endpoints.assist(shell)


def _theme() -> Any:
    """The plainest theme, its fonts those of the reader's machine."""
    from gradio.themes import Base

    return Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])


def _shell(site: Site, endpoints: Endpoints) -> Any:
    """The page of gradio: the conversation, and a desk on which everything else is opened."""
    import gradio

    blocks = gradio.Blocks(title=messages.TITLE, analytics_enabled=False, fill_width=True, fill_height=True)
    with blocks, gradio.Column(elem_id="delo"):
        endpoints.offer(blocks)  # before the conversation, whose private events must not take their names
        _html(skip() + navigation("ask"))
        with gradio.Row(elem_id="room"):
            with gradio.Column(elem_id="conversation"):
                _conversation(site)
            _html('<iframe name="desk" title="Desk · Стол" src="about:blank"></iframe>', elem_id="desk")
    blocks.max_threads = _AT_ONCE  # as many events does it do at once
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


def _conversation(site: Site) -> None:
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
        placeholder=messages.EXAMPLES if site.examples else None,
        examples=[{"text": example} for example in site.examples],
        **_BARE,
    )
    with gradio.Column(elem_id="asking"):
        held = gradio.HTML("", elem_id="held", apply_default_css=False, js_on_load=_PRESSED)
        by_model = _choice(site.pipeline.composer.model)
        box = _box("question", messages.ASK)
    _wire(site, chat, (box, held, by_model))


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


def _wire(site: Site, chat: Any, controls: tuple[Any, Any, Any]) -> None:
    """Let questions be asked; what was said is kept here, for each tab by itself, not by the browser."""
    import gradio

    pipeline, keeper = site.pipeline, site.keeper
    box, held, by_model = controls
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

    async def ask_example(
        tab: Tab, by_model: bool, chosen: gradio.SelectData, request: gradio.Request
    ) -> AsyncIterator[Any]:
        async for shown in ask(chosen.value["text"], tab, by_model, request):
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
