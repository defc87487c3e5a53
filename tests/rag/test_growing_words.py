"""What is shown of a sentence while a model writes it is in what becomes of it, whatever the model writes."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.answer import Citation, Statement, Withheld, Words
from rag.answering import Writing
from rag.evidence import weigh
from rag.pointing import PointingComposer
from rag.question import Question
from rag.retrieve import Retriever
from rag.verify import Gate
from tests.rag.speakers import Speaker

QUESTION = Question.of("How was the rice harvest?")
PIECES = [
    *(
        "[[1.1]]",
        "[[1.2]]",
        "[[2.1-3]]",
        "[[9.9]]",
        "[[",
        "]]",
        "[1.1]",
        "【1.1】",
        "[[1.1]",
        "[[1.1\n]]",
        "[[ 1 . 1 ]]",
    ),
    *("“[[1.1]]”", "[text](http://a.invalid)", "![img](x.png)", "<!-- [[1.1]] -->", "```\n[[1.1]]\n```", "`[[1.1]]`"),
    *(
        "| a | b |\n|---|---|\n| c [[1.1]] | d |\n",
        "\n",
        "\n\n",
        " ",
        "\t",
        "e\u0301",
        "\u202e",
        "\ud800",
        "\x00",
        "\r",
    ),
    *("\x1b[31m", "\x9b31m", "\u2028", "\u2029", "\u200b", "\ufeff", "The rice", " was worse", " fifty thousand tons"),
    *("Razuvaev", "Stalin", ". ", "! ", "… ", "“a shameful", "delay”", "«позор»", "'x'", "‘f.’ 3", "h t t p : / /"),
    *(
        "spot dot com ",
        "spot[.]com",
        "f. 3,",
        "op. 65,",
        "fond three",
        "HERON 4471",
        "Урожай",
        " риса",
        "NOANSWER",
        "**",
    ),
]
SPOKEN = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " "])).map("".join), max_size=20)
SHOWN_NEVER = re.compile('["“”«»„‹›❝\x00\x1b\ud800-\udfff\u202a-\u202e]|\\[\\[|invalid|4471|http|dot com |\\[\\.\\]com')


def same(words):
    """Words without their typography, and without what stands for what was left out."""
    return re.sub(r"[\W_]+", " ", words).strip()


@pytest.fixture(scope="module")
def evidence(index, book):
    return weigh(QUESTION, Retriever(index).retrieve(QUESTION), book, index)


@given(SPOKEN, st.integers(1, 40))
@example(["the rice", "«позор»", " was worse [[1.1]]."], 3)
@example(["h t t p : / / “a shameful", " delay"], 1)
@example(["‘f.’ 3 was", " worse [[1.1]]."], 2)
def test_nothing_that_was_shown_is_taken_back(everything, counterparts, evidence, spoken, size):
    said = "".join(spoken)
    model = Speaker(*(said[at : at + size] for at in range(0, len(said), size)))
    words, cited, stated = "", [], set()
    writing = Writing(QUESTION, Gate(QUESTION, everything, counterparts))
    for event in writing.by(PointingComposer(model), evidence):
        match event:
            case Words():
                words += event.text
            case Citation():
                cited.append((event.document.id, event.language, event.span))
            case Statement() | Withheld():
                assert not SHOWN_NEVER.search(words)
                if event.voice == "model":
                    assert same(event.text).startswith(same(words))
                    words = ""
                if isinstance(event, Statement):
                    stated |= {(c.document.id, c.language, c.span) for c in event.citations}
    assert not words.strip()
    assert stated.issuperset(cited)
