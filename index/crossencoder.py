"""Cross-encoders of sentence-transformers, which read two texts together: rerankers, and models of entailment.

The engine is imported here and in index/embed.py only, when a model is first used.
"""

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.document import whole_characters
from index.embed import BATCH, Vectors
from index.errors import ModelError
from index.hub import Wanted

RELATIONS = ("entailment", "neutral", "contradiction")  # of a text to a claim, in the order of `EntailmentModel.judge`
_NAMES = {
    "entailment": {"entailment", "entail", "entails", "entailed"},
    "neutral": {"neutral", "not entailment", "nonentailment", "non entailment", "notentailment"},
    "contradiction": {"contradiction", "contradict", "contradicts", "contradicted", "contradictory"},
}  # how models call them; a model of two labels has "not entailment" and knows no contradiction
_LONGEST = 512  # tokens of both texts together, where a model does not tell


class Reranker:
    """A sentence-transformers cross-encoder, which reads a question and a text together; never fetched.

    `name` is a folder that holds one, or the name of a model that is in this machine's cache.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._wanted = _wanted(name, "reranking")
        self._lock = Lock()

    @cached_property
    def _model(self) -> Any:
        model = _load(self._wanted)
        if model.num_labels != 1:
            raise ModelError(
                f"the model {self._wanted.name!r} cannot rerank: it gives {model.num_labels} numbers for a pair of "
                "texts; give a cross-encoder that gives one"
            )
        return model

    def judge(self, question: str, texts: Sequence[str]) -> Vectors:
        """How well each text answers `question`, 0 to 1: (len(texts),). The first call loads the weights.

        Raises: ModelError if the model cannot be loaded, or gives what is not a number.
        """
        if not texts:
            return np.zeros(0, np.float32)
        pairs = [(question, text) for text in texts]
        with self._lock:
            from torch.nn import Sigmoid

            told = self._model.predict(pairs, batch_size=BATCH, activation_fn=Sigmoid(), show_progress_bar=False)
        if not np.isfinite(told).all():
            raise ModelError(f"the reranking model {self._wanted.name!r} gave what is not a number")
        return np.asarray(told, np.float32)


class EntailmentModel:
    """A cross-encoder that tells whether a claim follows from a text, is contradicted by it, or neither.

    `name` is a folder that holds one, or the name of one; it is fetched from the hub only if `download`. No code that
    comes with a model is ever run. It works on the processor unless another `device` is named.
    """

    def __init__(self, name: str, *, download: bool = False, device: str = "cpu") -> None:
        self._wanted = _wanted(name, "entailment")
        self._download, self._device = download, device
        self._lock = Lock()

    @cached_property
    def _model(self) -> Any:
        return _load(self._wanted, download=self._download, device=self._device)

    @cached_property
    def columns(self) -> tuple[int | None, ...]:
        """Which of the model's numbers stands for each of RELATIONS; None for one that it does not know.

        Raises: ModelError if the model cannot be loaded, or its labels cannot be told.
        """
        return relations(self._model.model.config.id2label, self._wanted.name)

    def fits(self, text: str, claim: str) -> bool:
        """Whether the model can read both whole."""
        tokenizer = self._model.tokenizer
        longest = min(self._model.max_seq_length or _LONGEST, tokenizer.model_max_length)
        return bool(
            len(tokenizer(*map(whole_characters, (text, claim)), truncation=False, verbose=False)["input_ids"])
            <= longest
        )

    def judge(self, texts: Sequence[str], claim: str) -> NDArray[np.float64]:
        """The probability of each of RELATIONS between each text and `claim`: (len(texts), 3).

        Numbers that are none stay so: a model that is broken gives NaN. Cost: one model call per 32 texts; the first
        call loads the weights.

        Raises: ModelError if the model cannot be loaded, or its labels cannot be told.
        """
        told = np.zeros((len(texts), len(RELATIONS)))
        columns = self.columns
        if not texts:
            return told
        pairs = [(whole_characters(text), whole_characters(claim)) for text in texts]
        with self._lock:
            from torch.nn import Identity

            raw = self._model.predict(pairs, batch_size=BATCH, activation_fn=Identity(), show_progress_bar=False)
        shares = _softmax(np.asarray(raw, np.float64).reshape(len(texts), -1))
        for place, column in enumerate(columns):
            if column is not None:
                told[:, place] = shares[:, column]
        return told


def relations(labels: Mapping[int, str], name: str) -> tuple[int | None, ...]:
    """Where each of RELATIONS stands among the `labels` of the model `name`, in whatever order and spelling.

    Raises: ModelError unless there are two or three labels and each can be told.
    """
    plain = {int(column): _plain(str(label)) for column, label in labels.items()}
    found = {kind: [column for column, label in plain.items() if label in names] for kind, names in _NAMES.items()}
    told = [columns[0] if len(columns) == 1 else None for columns in found.values()]
    known = sum(column is not None for column in told)
    if known != len(labels) or None in told[:2]:
        raise ModelError(
            f"the model {name!r} does not say which of its numbers means what: its labels are "
            f"{', '.join(map(repr, labels.values()))}; give a model whose labels are entailment, neutral and "
            "contradiction, or entailment and not_entailment"
        )
    return tuple(told)


def _plain(label: str) -> str:
    return " ".join(label.casefold().replace("_", " ").replace("-", " ").split())


def _softmax(raw: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore", over="ignore"):
        grown = np.exp(raw - raw.max(axis=1, keepdims=True))
        return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float64)


def _wanted(name: str, purpose: str) -> Wanted:
    return Wanted(
        name=os.path.expanduser(name),  # noqa: PTH111 - unlike Path's, never raises
        purpose=purpose,
        remedy="give the folder of a sentence-transformers cross-encoder, or the name of one that is on this machine",
    )


def _load(wanted: Wanted, *, download: bool = False, device: str | None = None) -> Any:
    def made(local: bool) -> Any:
        from sentence_transformers import CrossEncoder

        return CrossEncoder(wanted.name, local_files_only=local, device=device, trust_remote_code=False)

    return wanted.load(made, download=download)
