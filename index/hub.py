"""Models of sentence-transformers: from a folder, from this machine's cache, or fetched from the hub.

An engine's own errors end here; what is told instead says which kind of model was wanted and what to give.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ModelError

SECONDS_FOR_HUB = 10  # to answer whether it has a model
_MOST_TOLD = 200  # characters of what an engine says of its trouble


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model that is wanted: its name or folder, what it is for ("embedding"), and what to give instead of a bad one.

    Raises: ModelError if the name is a folder's and there is no model in it. That is told before the heavy libraries
    load, so that a slip of the pen costs no wait.
    """

    name: str
    purpose: str
    remedy: str

    def __post_init__(self) -> None:
        path = Path(self.name).expanduser()
        looks_like_path = self.name.startswith((".", "/", "~")) or "\\" in self.name or self.name.count("/") > 1
        if looks_like_path and not path.is_dir():
            raise ModelError(
                f"no {self.purpose} model at {self.name!r}: there is no such folder; give a model's folder or name"
            )
        if path.is_dir() and not any((path / file).is_file() for file in ("modules.json", "config.json")):
            raise ModelError(
                f"no {self.purpose} model at {self.name!r}: the folder has neither modules.json nor config.json; "
                "give the folder of a sentence-transformers model"
            )

    def load(self, make: Callable[[bool], Any], *, download: bool) -> Any:
        """What `make` gives when told whether to look on this machine only; the hub is asked only if `download`.

        Raises: ModelError if the model cannot be loaded.
        """
        _quiet()
        try:
            return self._made(make, local=True)
        except ModelError:
            if not download or Path(self.name).expanduser().is_absolute():
                raise
        self._ask_hub()
        return self._made(make, local=False)

    def _made(self, make: Callable[[bool], Any], *, local: bool) -> Any:
        try:
            return make(local)
        except Exception as error:
            raise self._unloadable(error) from error

    def _ask_hub(self) -> None:
        """Refuse a model that is not on this machine if the hub does not answer: the library would try for a minute."""
        import huggingface_hub
        from huggingface_hub.errors import HfHubHTTPError

        try:
            huggingface_hub.model_info(self.name, timeout=SECONDS_FOR_HUB)
        except HfHubHTTPError:
            return  # it answers; what it has not, under any name that the library tries, the library will tell
        except Exception as error:
            raise self._unloadable(error, "it is not on this machine, and the hub cannot be asked: ") from error

    def _unloadable(self, error: Exception, why: str = "") -> ModelError:
        reason = why + str(error).strip().split("\n")[0][:_MOST_TOLD]
        return ModelError(f"cannot load the {self.purpose} model {self.name!r}: {reason}; {self.remedy}")


def _quiet() -> None:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
