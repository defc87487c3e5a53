"""Loading a language model once, for all who wait for it, and for none longer than there is time."""

from concurrent.futures import Future
from threading import Lock, Thread

from rag.models.connector import Connector
from rag.models.trouble import Trouble, told_by


class Loading:
    """The loading of a `connector`: in a thread of its own, begun again by who asks after it failed."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._lock = Lock()
        self._loaded: Future[None] | None = None  # while it is being loaded

    def wait(self, seconds: float) -> None:
        """Return when the model is loaded.

        Raises: Trouble if it cannot be, or is not after `seconds`; it goes on loading then.
        """
        if self._connector.ready:
            return
        try:
            self.begin().result(max(0.0, seconds))
        except TimeoutError:
            raise Trouble("slow", "is still being loaded; ask again in a while") from None

    def begin(self) -> "Future[None]":
        """Load it, unless that is being done; what is given ends with it."""
        with self._lock:
            if self._loaded is None or self._loaded.done():
                self._loaded = Future()
                Thread(target=self._load, args=(self._loaded,), name="loads a language model", daemon=True).start()
            return self._loaded

    def _load(self, loaded: "Future[None]") -> None:
        try:
            self._connector.load()
        except Trouble as trouble:
            loaded.set_exception(trouble)
        except Exception as error:  # noqa: BLE001 - it is told to whoever waits
            loaded.set_exception(Trouble("failed", f"cannot be loaded ({type(error).__name__}: {told_by(error)})"))
        else:
            loaded.set_result(None)
