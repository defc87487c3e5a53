"""Language models that say what they are told to, in pieces, as rag/llm.py's do."""

from rag.errors import LanguageModelError


class Speaker:
    """Says `pieces`; raises `error` behind them, or at once while the prompt is longer than `room`.

    `asked` keeps the prompts, `left` how many pieces nobody wanted.
    """

    def __init__(self, *pieces, error=None, name="openai:speaker", room=None, context=None):
        self.pieces, self.error, self.name, self.room = pieces, error, name, room
        self.asked, self.left, self.closed = [], None, False
        if context is not None:
            self.context = context

    def stream(self, prompt, *, system=None, max_tokens=0):
        self.asked.append((system, prompt))
        if self.room is not None and len(prompt) > self.room:
            raise LanguageModelError("the prompt is too long", "too long")
        self.left = len(self.pieces)
        try:
            for piece in self.pieces:
                self.left -= 1
                yield piece
            if self.error:
                raise self.error
        finally:
            self.closed = True


def endless(unit):
    """A model that never stops saying `unit`."""

    class Endless(Speaker):
        def stream(self, prompt, *, system=None, max_tokens=0):
            self.asked.append((system, prompt))
            try:
                while True:
                    yield unit
            finally:
                self.closed = True

    return Endless()
