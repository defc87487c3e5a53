"""Options that several verbs of the command line share, and the values made of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from ui import arguments

if TYPE_CHECKING:
    from index.document import Language, Span
    from rag.pipeline import Pipeline

Verb = Callable[..., int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """How `delo cite` prints what it found; with a style, as citations in this language, of a document or a place."""

    as_json: bool
    style: str | None
    language: "Language"
    at: "tuple[Language, Span] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """What answers beside the index: a cross-encoder that looks again, a language model that writes, if any."""

    reranker: str | None = None
    llm: str | None = None
    llm_url: str | None = None

    @contextmanager
    def opened(self, home: Path) -> "Iterator[Pipeline]":
        """The pipeline over the index at `home`.

        Raises: IndexMissingError, IndexStaleError, IndexDamagedError, ModelError.
        """
        from index.crossencoder import Reranker
        from rag.llm import open_model
        from rag.pipeline import Pipeline
        from rag.pointing import PointingComposer

        with ExitStack() as opened:
            composer = None
            if self.llm:
                model = opened.enter_context(open_model(self.llm, self.llm_url))
                model.prepare()  # while the index is opened and searched
                composer = PointingComposer(model)
            reranker = Reranker(self.reranker) if self.reranker else None
            yield opened.enter_context(Pipeline.open(home, composer, reranker))


index_option = click.option(
    "--index",
    "home",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".delo"),
    envvar="DELO_INDEX",
    show_default=True,
    show_envvar=True,
    help="The folder of the index.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")


def record_option(told: str) -> Callable[[Verb], Verb]:
    """The option that names the folder of records."""
    return click.option(
        "--record",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        envvar="DELO_RECORD",
        show_envvar=True,
        help=told,
    )


def gathering(options: Sequence[Callable[[Verb], Verb]], gather: Callable[[Verb], Verb]) -> Callable[[Verb], Verb]:
    """A decorator that gives a verb several options, of which `gather` makes one argument."""

    def decorate(verb: Verb) -> Verb:
        gathered = gather(verb)
        for option in reversed(options):
            gathered = option(gathered)
        return gathered

    return decorate


_CHOSEN = ("archives", "fonds", "persons", "collections", "documents")  # options that may be given several times


def _gather_filters(verb: Verb) -> Verb:
    @wraps(verb)
    def gathered(
        *,
        after: str | None,
        before: str | None,
        languages: tuple["Language", ...],
        **rest: object,
    ) -> int | None:
        from index.document import LANGUAGES
        from rag.question import Filters

        chosen = {name: cast("tuple[str, ...]", rest.pop(name)) for name in _CHOSEN}
        filters = Filters(
            after=_day(after, first=True),
            before=_day(before, first=False),
            languages=tuple(language for language in LANGUAGES if language in languages) or LANGUAGES,
            **chosen,
        )
        return verb(filters=filters, **rest)

    return gathered


def _gather_embedder(verb: Verb) -> Verb:
    @wraps(verb)
    def gathered(
        *, embedder: str | None, question_prompt: str | None, passage_prompt: str | None, **rest: object
    ) -> int | None:
        from index.model import USEM3, EmbedderSettings

        settings = None
        if embedder or question_prompt is not None or passage_prompt is not None:
            settings = EmbedderSettings(
                name=embedder or USEM3, question_prompt=question_prompt, passage_prompt=passage_prompt
            )
        return verb(embedder=settings, **rest)

    return gathered


def _gather_output(verb: Verb) -> Verb:
    @wraps(verb)
    def gathered(
        *, style: str | None, language: "Language | None", at: str | None, as_json: bool, **rest: object
    ) -> int | None:
        if style is None and (language or at):
            raise click.UsageError("--in and --at go with --style")
        output = Output(as_json=as_json, style=style, language=language or "en", at=place(at))
        return verb(output=output, **rest)

    return gathered


def _gather_answering(verb: Verb) -> Verb:
    @wraps(verb)
    def gathered(*, reranker: str | None, llm: str | None, llm_url: str | None, **rest: object) -> int | None:
        if llm_url and not llm:
            raise click.UsageError("--llm-url goes with --llm: it is where that model answers")
        return verb(answering=Answering(reranker=reranker, llm=llm, llm_url=llm_url), **rest)

    return gathered


def _known_style(_context: click.Context, _option: click.Parameter, style: str | None) -> str | None:
    """A style of `rag.cite`, which is not loaded for the sake of the help alone."""
    if style is not None:
        from rag.cite import STYLES, VARIANTS

        if style not in (*STYLES, *VARIANTS):
            raise click.BadParameter(f"{style!r}; there are {', '.join((*STYLES, *VARIANTS))}")
    return style


filter_options = gathering(
    (
        click.option("--after", metavar="DATE", help="Only documents from this day on: 1949, 1949-09, 1949-09-24."),
        click.option("--before", metavar="DATE", help="Only documents until this day; a year means its end."),
        click.option("--archive", "archives", multiple=True, metavar="NAME", help="Only this archive: APRF or АПРФ."),
        click.option("--fond", "fonds", multiple=True, metavar="PLACE", help='Only this fond: "APRF, f. 3".'),
        click.option("--person", "persons", multiple=True, metavar="NAME", help="Only documents that name them."),
        click.option("--collection", "collections", multiple=True, metavar="NAME", help="Only this collection."),
        click.option("--document", "documents", multiple=True, metavar="ID", help="Only this document."),
        click.option(
            "--language",
            "languages",
            multiple=True,
            type=click.Choice(["ru", "en"]),
            help="Search, and quote, only texts in this language.",
        ),
    ),
    _gather_filters,
)
answering_options = gathering(
    (
        click.option(
            "--reranker", metavar="MODEL", help="A cross-encoder on this machine that looks at the best again."
        ),
        click.option(
            "--llm",
            metavar="MODEL",
            envvar="DELO_LLM",
            show_envvar=True,
            help="A language model that writes the answer and points at what to quote: openai:MODEL at --llm-url, or "
            "gguf:PATH, a model file run by llama.cpp on this machine.",
        ),
        click.option(
            "--llm-url",
            metavar="URL",
            envvar="DELO_LLM_URL",
            show_envvar=True,
            help="Where openai:MODEL answers, such as http://127.0.0.1:11434/v1; its key in DELO_LLM_KEY.",
        ),
    ),
    _gather_answering,
)
embedder_options = gathering(
    (
        click.option("--embedder", metavar="MODEL", help="usem3 (default), a folder, or a sentence-transformers name."),
        click.option("--question-prompt", help="What the model wants before a question, if its settings do not say."),
        click.option("--passage-prompt", help="What the model wants before a passage, if its settings do not say."),
    ),
    _gather_embedder,
)

output_options = gathering(
    (
        click.option(
            "--style",
            metavar="STYLE",
            callback=_known_style,
            help="Print only the citation of each document: chicago, gost, wilson, bibtex, ris or csl; also "
            "chicago-note, chicago-bibliography, wilson-older.",
        ),
        click.option(
            "--in", "language", type=click.Choice(["en", "ru"]), help="The language of the citation; en if not given."
        ),
        click.option("--at", metavar="LANGUAGE:START-END", help="Cite the quotation at this place: ru:812-1001."),
        json_option,
    ),
    _gather_output,
)


def _day(said: str | None, *, first: bool) -> date | None:
    """The first or the last day that a date on the command line can mean."""
    try:
        return None if said is None else arguments.day(said, first=first)
    except arguments.ArgumentError as error:
        raise click.UsageError(str(error)) from error


def place(at: str | None) -> "tuple[Language, Span] | None":
    """The place that `ru:812-1001` names."""
    try:
        return None if at is None else arguments.place(at)
    except arguments.ArgumentError as error:
        raise click.UsageError(str(error)) from error
