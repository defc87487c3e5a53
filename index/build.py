"""Builds or updates the index: archive files -> documents -> aligned passages -> a published generation.

Nothing that is published changes until the very end. Files that are unchanged, known by the hash of their
bytes, are not read; documents pass through in batches, so memory does not grow with the archive.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from index import manifest as manifests
from index.archives import load_table
from index.catalogue import Catalogue, Held
from index.document import Document, Source
from index.embed import Embedder, describe, open_embedder
from index.errors import ArchiveError, IndexStaleError
from index.generations import Generations
from index.intake import Intake, Notes, Progress
from index.manifest import CATALOGUE, STORES, Manifest
from index.model import EmbedderSettings, Scale
from index.names import FILE as NAMES
from index.names import NameTable, load_names
from index.passage import passages_of
from index.plan import Plan, plan_update
from index.received import received_folder, settle
from index.seal import seal
from index.sources import Sources, find_sources
from index.stores import Stores

BATCH_CHARS = 200_000  # of text that is read, embedded and written at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How an update goes on, in batches of so many `chars`, and whom it tells.

    `progress` is told of each file that was read; `publishing` is called when everything has been written and nothing
    published. What either raises ends the update, and the published index is as it was.
    """

    progress: Progress = lambda done, total: None
    publishing: Callable[[], None] = lambda: None
    chars: int = BATCH_CHARS


@dataclass(slots=True, kw_only=True)
class BuildReport:
    """What an update did: ids of documents; refused files and remarks, each a path and a sentence."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    unchanged: int = 0
    rejected: Notes = field(default_factory=list)
    remarks: Notes = field(default_factory=list)
    passed_over: dict[str, int] = field(default_factory=dict)  # files of each other suffix
    generation: str = ""


def update(
    home: Path,
    paths: Sequence[Path],
    *,
    embedder: EmbedderSettings | None = None,
    rebuild: bool = False,
    progress: Progress = lambda done, total: None,
) -> BuildReport:
    """Bring the index at `home` up to date with the archive files at `paths`.

    Documents that came from `paths` earlier and are no longer there are removed; those that came from elsewhere
    stay. A file that can no longer be read does not take its document with it. `rebuild` starts from nothing but the
    files at `paths` and those received from readers (index/received.py).
    `embedder` None keeps the model of the index, or takes the default for a new one.

    Raises: ArchiveError if nothing can be read, or the index cannot be written; the published one is then as
        it was.
    """
    sources = find_sources(paths)
    generations = Generations(home)
    with generations.writing():
        settle(generations)
        if rebuild and received_folder(home).is_dir():
            sources = find_sources([*paths, received_folder(home)])
        return write_update(generations, sources, embedder=embedder, rebuild=rebuild, pace=Pace(progress=progress))


def write_update(
    generations: Generations,
    sources: Sources,
    *,
    embedder: EmbedderSettings | None = None,
    rebuild: bool = False,
    pace: Pace,
) -> BuildReport:
    """The same with `sources` that were found, for whoever is the writer already (`Generations.writing`)."""
    home = generations.home
    published = None if rebuild else _published(generations, embedder, load_names(home))
    plan = plan_update(sources, _held(generations, published))
    intake = Intake(plan.staying, load_table(home))
    for error in sources.refused:
        intake.refuse(error)
    report = BuildReport(
        unchanged=plan.unchanged,
        passed_over=dict(sources.passed_over),
        rejected=intake.rejected,
        remarks=intake.remarks,
    )
    documents = intake.documents(plan.fresh, pace.progress)
    first = next(documents, None)
    if first is not None or plan.moved or plan.gone:
        batches = _batches(chain([first], documents) if first else documents, pace)
        _write(generations, published, plan, batches, embedder or EmbedderSettings(), report)
    elif published is None or not sources.files:
        raise _nothing(sources, report)
    report.generation = str(generations.current())
    return report


def _published(generations: Generations, embedder: EmbedderSettings | None, names: NameTable) -> Manifest | None:
    """The manifest of what is published, whole and made with the model and names asked for; None if nothing is."""
    if (name := generations.current()) is None:
        return None
    folder = generations.path(name)
    manifest = manifests.load(folder)
    manifests.refuse_damage(folder, manifest)
    if embedder is not None and embedder != manifest.model.settings:
        raise IndexStaleError(
            f"the index at '{generations.home}' was made with {manifest.model.settings}, asked for is {embedder}; "
            "leave the model out to keep it, give another --index folder, or make the index anew with --rebuild"
        )
    if manifest.names != names.sha256:
        raise IndexStaleError(
            f"the index at '{generations.home}' was made with another table of names than is there now; "
            f"make it anew with: delo index --rebuild FOLDER-OR-FILE, or put '{NAMES}' there back as it was"
        )
    return manifest


def _held(generations: Generations, published: Manifest | None) -> list[Held]:
    if published is None:
        return []
    catalogue = Catalogue.open(generations.path(published.generation) / CATALOGUE)
    try:
        return list(catalogue.held())
    finally:
        catalogue.close()


def _nothing(sources: Sources, report: BuildReport) -> ArchiveError:
    places = ", ".join(f"'{root}'" for root in sources.roots)
    reasons = "".join(f"\n  {path}: {reason}" for path, reason in report.rejected)
    return ArchiveError(f"no document to index in {places}; give .txt or .md files of the archive{reasons}")


def _write(
    generations: Generations,
    published: Manifest | None,
    plan: Plan,
    batches: Iterable[list[Document]],
    settings: EmbedderSettings,
    report: BuildReport,
) -> None:
    """Write a new generation, and publish it."""
    model = open_embedder(published.model.settings if published else settings, download=True)
    card = published.model if published else describe(model, settings)
    if published is not None:  # or the damage would be copied, and then pass for sound
        manifests.refuse_damage(generations.path(published.generation), published, thoroughly=True)
    before = {held.document_id for held in plan.staying} | set(plan.gone)
    folder, names = generations.begin(STORES if published else ()), load_names(generations.home)
    with Stores(folder, names) as stores:
        for document_id in plan.gone:
            stores.remove(document_id)
        for document_id, file in plan.moved:
            stores.catalogue.move(document_id, Source(path=str(file.path), sha256=file.sha256))
            report.moved.append(document_id)
        for batch in batches:
            _write_batch(stores, batch, model, card.scale)
            for document in batch:
                (report.changed if document.id in before else report.added).append(document.id)
                report.remarks += _twins(stores.catalogue, document)
        report.removed += sorted(before - {held.document_id for held in stores.catalogue.held()})
    seal(generations, folder, card, report.rejected, names.sha256)


def _write_batch(stores: Stores, batch: list[Document], model: Embedder, scale: Scale) -> None:
    """Write documents, in place of what had the same id before and of what the same files gave before."""
    for document in batch:
        for replaced in stores.catalogue.replaced_by(document):
            stores.remove(replaced)
    stores.add(list(passages_of(batch, model, scale)))


def _twins(catalogue: Catalogue, document: Document) -> Notes:
    twins = ", ".join(catalogue.twins(document))
    told = f"record {document.id} has the same texts as {twins}; keep one of them, unless the archive has them so"
    return [(document.source.path, told)] if twins else []


def _batches(documents: Iterable[Document], pace: Pace = Pace()) -> Iterator[list[Document]]:
    """`documents` in batches; when the last has been written, publication is announced."""
    batch: list[Document] = []
    chars = 0
    for document in documents:
        batch.append(document)
        chars += sum(len(text) for text in document.texts.values())
        if chars >= pace.chars:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch
    pace.publishing()
