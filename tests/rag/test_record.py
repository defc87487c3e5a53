import json

import pytest

from rag.answer import Draft, Quotation, Sentence
from rag.question import Question
from rag.record import answer_record, document_record, passage_record, refusal_record, search_record
from rag.verify import verify

QUESTIONS = [
    "Why did Moscow reject an attack on the South?",
    "Почему Москва считала наступление на юг недопустимым?",
    "Why was the repair of the railway bridge delayed?",
    "How much flour did the Korean side ask for?",
    "Who won the 1966 World Cup?",
]
SPACE = {"start": int, "end": int, "words": str}
REFERENCE = {"text": str, "archive": str | None, "leaves": list} | dict.fromkeys(
    ("fond", "opis", "delo", "papka"), str | None
)
PARALLEL = {"language": str, "confidence": float} | SPACE
CITATION = {
    "document_id": str,
    "language": str,
    **SPACE,
    "verdict": str,
    "paragraph": int,
    "reference": REFERENCE,
    "references": [REFERENCE],
    "url": str | None,
    "parallel": (PARALLEL, None),
    "departures": [{"kind": str, "reason": str, "spans": dict}],
}
ANSWER = {
    "schema": str,
    "id": str | None,
    "question": str,
    "asked": str | None,
    "language": str,
    "abstained": bool,
    "confidence": float,
    "reason": str | None,
    "statements": [{"text": str, "voice": str, "at": list, "citations": [CITATION]}],
    "withheld": [{"text": str, "reason": str, "voice": str}],
    "documents": [str],
    "nearest": [CITATION],
    "composer": str,
    "model": str | None,
    "remarks": [str],
    "seconds": float,
}


def conforms(plain, form):
    """Whether a value is of a form: a type, a list of forms, a choice of forms, or a dictionary of just these keys."""
    if isinstance(form, dict):
        same_keys = isinstance(plain, dict) and plain.keys() == form.keys()
        return same_keys and all(conforms(plain[key], form[key]) for key in form)
    if isinstance(form, list):
        return isinstance(plain, list) and all(conforms(item, form[0]) for item in plain)
    if isinstance(form, tuple):
        return plain is None or conforms(plain, form[0])
    return isinstance(plain, form) and not (form is int and isinstance(plain, bool))


def asked(pipeline, text):
    """The record of an answer, as it is read back from JSON."""
    return json.loads(json.dumps(answer_record(pipeline.ask(Question.of(text)), seconds=0.25, id_="q1")))


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_record_of_an_answer_has_just_the_keys_and_types_it_promises(pipeline, text):
    record = asked(pipeline, text)
    assert conforms(record, ANSWER)
    assert (record["schema"], record["id"], record["question"]) == ("delo.answer/1", "q1", text)
    assert record["seconds"] == 0.25


@pytest.mark.parametrize("text", QUESTIONS)
def test_all_words_in_a_record_are_the_slices_it_names(pipeline, documents, text):
    for statement in asked(pipeline, text)["statements"]:
        for citation in statement["citations"]:
            texts = documents[citation["document_id"]].texts
            for place in filter(None, (citation, citation["parallel"])):
                assert place["words"] == texts[place["language"]][place["start"] : place["end"]]
            assert citation["reference"] == citation["references"][0]


def test_the_reference_of_a_citation_is_given_in_its_parts(pipeline):
    references = asked(pipeline, QUESTIONS[0])["statements"][0]["citations"][0]["references"]
    assert references == [
        {
            "text": "APRF, f. 3, op. 65, d. 776, ll. 30-32",
            "archive": "APRF",
            "fond": "3",
            "opis": "65",
            "delo": "776",
            "papka": None,
            "leaves": [["30", "32"]],
        },
        {
            "text": "AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, listy 75-77",
            "archive": "AVP RF",
            "fond": "059a",
            "opis": "5a",
            "delo": "3",
            "papka": "11",
            "leaves": [["75", "77"]],
        },
    ]


def test_an_abstention_is_recorded_with_its_reason_and_the_nearest_documents(pipeline):
    record = asked(pipeline, "Who won the 1966 World Cup?")
    assert record["abstained"]
    assert record["statements"] == record["withheld"] == []
    assert record["reason"].startswith("Nothing was found in this archive")
    assert len(record["documents"]) == 3


def test_a_withheld_sentence_is_recorded_with_its_reason(everything, counterparts):
    quotation = Quotation(document_id="112133", language="en", words="Moscow approved the attack at once")
    draft = Draft(composer="test", sentences=(Sentence(text="Moscow agreed.", quotations=(quotation,)),))
    answer = verify(Question.of("Did Moscow agree?"), draft, everything, counterparts, confidence=0.9)
    assert answer_record(answer, seconds=0)["withheld"] == [
        {
            "text": "Moscow agreed.",
            "reason": "“Moscow approved the attack at once” is not in document '112133'",
            "voice": "archive",
        }
    ]


def test_a_question_that_was_refused_is_recorded_in_the_form_of_an_answer():
    record = refusal_record("Pourquoi ?", "the question seems to be in French", id_=None)
    assert conforms(record, ANSWER | {"language": None.__class__, "composer": None.__class__})
    assert record["abstained"]
    assert record["reason"] == "the question seems to be in French"


def test_the_record_of_a_search_gives_passages_with_their_places(pipeline, documents):
    question = Question.of("Ongjin", keywords=True)
    record = search_record(question, pipeline.search(question, count=3))
    assert record["schema"] == "delo.search/1"
    assert record["searched"]["documents"] == 5
    assert [hit["rank"] for hit in record["hits"]] == [1, 2, 3]
    for hit in record["hits"]:
        for language, side in hit["sides"].items():
            assert side["words"] == documents[hit["document_id"]].texts[language][side["start"] : side["end"]]


def test_the_record_of_a_document_holds_all_of_it(index, documents):
    document = documents["900001"]
    passages = index.catalogue.passages(document)
    record = document_record(document, passages)
    assert record["schema"] == "delo.document/1"
    assert record["texts"] == {"ru": document.texts["ru"]}
    assert record["date"] == {"text": "March 1950", "earliest": "1950-03-01", "latest": "1950-03-31"}
    assert record["passages"] == [passage_record(passage) for passage in passages]
    assert record["fields"]["Contents"] == "Transcript - Russian"
    assert json.loads(json.dumps(record)) == record
