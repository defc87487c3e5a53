"""Conversations as they come about: turns with documents of an archive, and questions put one after the other."""

import json
from dataclasses import replace
from pathlib import Path

from rag.conversation import Conversation, Turn, understand
from rag.question import Filters, Question

SPOKEN = [
    json.loads(line)
    for line in Path(__file__).with_name("conversations.jsonl").read_text(encoding="utf-8").splitlines()
]


def after(*questions, documents=(), sentences=(), filters=None):
    """A conversation in which these questions were asked; the last answer showed these documents and sentences."""
    filters = filters or Filters()
    *earlier, last = [Turn(question=Question.of(question, filters)) for question in questions]
    last = replace(last, documents=tuple(documents), sentences=tuple(sentences))
    return Conversation(turns=(*earlier, last), filters=filters)


def told(text, conversation, index):
    """The words that `text` is understood as."""
    return understand(text, conversation, index).text
