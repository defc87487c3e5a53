"""Records of answers as they are given, in the folder that was named for them."""

from pathlib import Path
from typing import TYPE_CHECKING

from ui.options import Answering

if TYPE_CHECKING:
    from rag.pipeline import Trace


class Keeper:
    """Keeps a record of each answer in a folder; `answering` tells what was to answer beside the index.

    Raises: StorageError if the folder takes no files.
    """

    def __init__(self, folder: Path, answering: Answering) -> None:
        from rag.keeping import Records

        self.records: Records = Records(folder).ready()
        self._answering = answering

    def keep(self, trace: "Trace", seconds: float, *, id_: str | None = None, by_model: bool = True) -> str:
        """Keep the answer in `trace`, which took `seconds`; gives the address of its record.

        `by_model`: whether the language model, if there is one, was to write it.

        Raises: StorageError if the folder or the disk refuses.
        """
        from rag.saved import saved

        model, url = (self._answering.llm, self._answering.llm_url) if by_model else (None, None)
        return self.records.keep(saved(trace, seconds=seconds, id_=id_, model=model, url=url))
