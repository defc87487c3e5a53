"""Search by meaning: the vectors of passages in Chroma, one collection per language. Derived.

Chroma holds ids and vectors, and is asked for nothing that is shown. chromadb is imported here and nowhere
else. One process writes a folder, before any other reads it.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from index.document import LANGUAGES, Language
from index.embed import Vectors
from index.errors import IndexDamagedError, StorageError, is_panic

_BATCH = 1000  # rows a call; Chroma takes 5,461 at most
_NARROW = 2000  # ids; a narrower choice is handed to Chroma, a broader one is made from what it returns
_SPACE: Any = {"hnsw": {"space": "cosine", "ef_search": 200}}  # more than its default 100: fewer misses, 1 ms more


class VectorIndex:
    """Passages by the meaning of one of their sides."""

    def __init__(self, path: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        self._path = path
        with _mapped(path), _forgotten_if_failed(path):
            self._client: Any = chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))
        self._collections: dict[Language, Any] = {}

    @classmethod
    def create(cls, path: Path) -> "VectorIndex":
        """An empty index at `path`."""
        index = cls(path)
        with ExitStack() as unless_made, _mapped(path):
            unless_made.callback(index.close)
            for language in LANGUAGES:
                index._client.create_collection(_name(language), embedding_function=None, configuration=_SPACE)
            unless_made.pop_all()
        return index

    def _collection(self, language: Language) -> Any:
        if language not in self._collections:
            self._collections[language] = self._client.get_collection(_name(language), embedding_function=None)
        return self._collections[language]

    def close(self) -> None:
        """Let go of the files; what was added is on disk then."""
        with _mapped(self._path):
            self._client.close()

    def add(self, language: Language, passage_ids: Sequence[str], vectors: Vectors) -> None:
        """Enter the sides of passages in one language; an id that is there already is replaced."""
        with _mapped(self._path):
            for start in range(0, len(passage_ids), _BATCH):
                rows = slice(start, start + _BATCH)
                self._collection(language).upsert(ids=list(passage_ids[rows]), embeddings=vectors[rows])

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Strike passages out, on both sides; an id that is not there is no error."""
        with _mapped(self._path):
            for language in LANGUAGES:
                for ids in _batches(passage_ids):
                    self._collection(language).delete(ids=ids)

    def ids(self, language: Language) -> set[str]:
        """Every passage that has a side in this language here."""
        with _mapped(self._path):
            return set(self._collection(language).get(include=[])["ids"])

    def search(
        self, language: Language, vector: Vectors, count: int, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The `count` passages nearest to `vector`, nearest first, each with its cosine similarity.

        `among` holds the only passage ids that may be found; each must have a side in this language. The search
        is approximate (HNSW).

        Raises: IndexDamagedError if one of a narrow choice is not here.
        """
        if among is not None and len(among) <= _NARROW:
            return self._query(language, vector, min(count, len(among)), {"ids": list(among)}) if among else []
        wanted = count
        while True:
            found = self._query(language, vector, wanted, {})
            chosen = [hit for hit in found if among is None or hit[0] in among]
            if len(chosen) >= count or len(found) < wanted:
                return chosen[:count]
            wanted *= 4

    def _query(
        self, language: Language, vector: Vectors, count: int, only: dict[str, list[str]]
    ) -> list[tuple[str, float]]:
        with _mapped(self._path):
            collection = self._collection(language)
            if not (held := collection.count()):
                return []
            answer = collection.query(
                query_embeddings=vector.reshape(1, -1), n_results=min(count, held), include=["distances"], **only
            )
        return [(id_, 1 - d) for id_, d in zip(answer["ids"][0], answer["distances"][0], strict=True)]


def _name(language: Language) -> str:
    return f"passages_{language}"


def _batches(ids: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, _BATCH)):
        yield batch


@contextmanager
def _forgotten_if_failed(path: Path) -> Iterator[None]:
    """Chroma keeps a client that failed to start, and would give it to the next who opens the same path."""
    from chromadb.api.shared_system_client import SharedSystemClient

    try:
        yield
    except BaseException:
        SharedSystemClient._identifier_to_system.pop(str(path), None)
        raise


@contextmanager
def _mapped(path: Path) -> Iterator[None]:
    """Chroma's errors as ours."""
    from chromadb.errors import ChromaError

    try:
        yield
    except BaseException as error:
        if not isinstance(error, ChromaError | OSError) and not is_panic(error):
            raise
        reason = str(error).strip().split("\n")[0][:200]
        if any(word in reason.casefold() for word in ("full", "no space", "disk i/o", "file too large", "readonly")):
            told = f"the vectors at '{path}' could not be written: {reason}; free some space"
            raise StorageError(f"{told}; Chroma also writes when it only reads, and needs the right to") from error
        raise IndexDamagedError(
            f"the vectors at '{path}' cannot be used: {reason}; rebuild them with: delo check --repair"
        ) from error
