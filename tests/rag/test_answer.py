import pytest

from index.document import Span
from rag.answer import Answer, Citation, Parallel, Statement
from rag.question import Question


@pytest.fixture
def sample(documents):
    return documents["112133"]


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (-4, 8), (0, 10**6)], ids=["empty", "reversed", "before", "beyond"])
def test_a_citation_of_no_place_in_its_document_cannot_be_made(sample, span):
    with pytest.raises(ValueError, match="is no place in the ru text of '112133'"):
        Citation(document=sample, language="ru", span=Span(*span), verdict="exact", parallel=None)


def test_a_citation_reads_its_words_paragraph_and_references_out_of_the_document(sample):
    start = sample.texts["ru"].index("С военной стороны")
    citation = Citation(document=sample, language="ru", span=Span(start, start + 17), verdict="exact", parallel=None)
    assert citation.words == "С военной стороны"
    assert citation.paragraph == 4
    assert [reference.archive for reference in citation.references] == ["APRF", "AVP RF"]


def test_a_parallel_reads_its_words_out_of_the_document(sample):
    start = sample.texts["en"].index("From the military side")
    parallel = Parallel(document=sample, language="en", span=Span(start, start + 22), confidence=0.9)
    assert parallel.words == "From the military side"


def test_a_statement_without_a_citation_cannot_be_made():
    with pytest.raises(ValueError, match="a statement without a citation"):
        Statement(text="Moscow refused.", citations=())


def test_an_answer_that_states_nothing_abstains(sample):
    question = Question.of("Why did Moscow refuse?")
    citation = Citation(document=sample, language="ru", span=Span(0, 20), verdict="exact", parallel=None)
    statement = Statement(text="s", citations=(citation,))
    for statements in ((), (statement,)):
        answer = Answer(
            question=question,
            statements=statements,
            withheld=(),
            documents=(),
            reason=None,
            composer="test",
            confidence=0.5,
        )
        assert answer.abstained is not bool(statements)
