"""Answers read from the forms in which others keep them, and Delo's written in those."""

import json

import pytest
from hypothesis import given

from eval.errors import AnswersError
from eval.forms.citing import citations
from eval.forms.prose import prose, sentence
from eval.forms.quoting import is_quotation, marked
from eval.forms.ragas import response, sample
from eval.forms.reading import answer_of, read_answers
from eval.forms.trecrag import line
from index.document import Span
from tests.strategies import any_texts

QUOTED = {
    "straight": ('He said "the army is not ready for it" then.', ["the army is not ready for it"]),
    "curly": ("He said “the army is not ready for it” then.", ["the army is not ready for it"]),
    "Russian": ("Он сказал: «армия к этому не готова».", ["армия к этому не готова"]),
    "German": ("Er sagte „die Armee ist nicht bereit“ dann.", ["die Armee ist nicht bereit"]),
    "Polish": ("On „armia nie jest gotowa na” to.", ["armia nie jest gotowa na"]),
    "single": ("He said ‘the army's men aren’t ready for it’ then.", ["the army's men aren’t ready for it"]),
    "nested": ("«народ ждет „объединения“ всей страны»", ["народ ждет „объединения“ всей страны"]),
    "nested, one style": ("«газета «Правда» об этом не писала»", ["газета «Правда» об этом не писала"]),
    "two": ('"one two three four" and "five six seven eight"', ["one two three four", "five six seven eight"]),
    "held at arm's length": ('The "partisans" were "few men".', []),
    "a long word": ("«человеконенавистничество»", []),
    "two long words": ("the «демилитаризованная полоса»", ["демилитаризованная полоса"]),
    "single and straight": ("He said 'the army is not ready for it' then.", ["the army is not ready for it"]),
    "an apostrophe": ("The peoples' army and Kim's men weren't 'ready'.", []),
    "inches": ('A 5" gun and a 6" gun.', []),
    "a quotation never closed": ("He said “the army is not ready.", []),
    "a block quote": ("He said:\n> the army is\n> not ready for it", ["the army is\nnot ready for it"]),
}


@pytest.mark.parametrize(("text", "words"), QUOTED.values(), ids=QUOTED)
def test_quotations_of_every_style_are_found(text, words):
    assert [quoted.words for quoted in sentence(text).quotations] == words


CITED = {
    "in brackets": ("It is so (APRF, f. 3, op. 65, d. 776, l. 31).", ["APRF, f. 3, op. 65, d. 776, l. 31"]),
    "in square brackets": ("It is so [APRF, f. 3, op. 65, d. 776].", ["APRF, f. 3, op. 65, d. 776"]),
    "Russian": ("Это так (АПРФ, ф. 3, оп. 65, д. 776, лл. 30–32).", ["АПРФ, ф. 3, оп. 65, д. 776, лл. 30–32"]),
    "verso": ("Это в АПРФ, ф. 3, оп. 65, д. 776, л. 30 об., так.", ["АПРФ, ф. 3, оп. 65, д. 776, л. 30 об."]),
    "running": ("As APRF, f. 3, op. 65, d. 776, ll. 30-32 has it, so.", ["APRF, f. 3, op. 65, d. 776, ll. 30-32"]),
    "file and leaf": ("It is so (d. 776, l. 31).", ["d. 776, l. 31"]),
    "words of a list": ("See page 5 of file 3 in box 7 on the list.", []),
    "a marker": ("It is so [1].", ["[1]"]),
    "markers": ("It is so [1, 3][2].", ["[1]", "[3]", "[2]"]),
    "a number": ("As document 112133 says, so.", ["document 112133"]),
    "a Russian number": ("В документе № 112133 так.", ["документе № 112133"]),
    "a document counted": ("There are 2 documents in 1949; document 5 is lost.", []),
    "an address": ("See https://archive.invalid/document/112133 too.", ["https://archive.invalid/document/112133"]),
    "an insertion": ("Then [Kim Il Sung] came in 1949 (early).", []),
    "in a quotation": ("He read “the file f. 3, op. 65, d. 776 is lost”.", []),
}


@pytest.mark.parametrize(("text", "printed"), CITED.values(), ids=CITED)
def test_citations_in_running_text_are_found(text, printed):
    assert [cited.text for cited in sentence(text).citations] == printed


def test_a_marker_names_the_source_of_its_number_and_one_out_of_range_names_none():
    found = citations("So it is [2][9] (a-1).", ["a-1", "b"])
    assert [cited.source for cited in found] == ["b", None, "a-1"]


SENTENCES = {
    "a citation behind the stop": ("It is so. (APRF, f. 3, op. 65, d. 776, l. 31.) Then not.", 2),
    "stops in a reference": ("It is so (АПРФ. Ф. 3. Оп. 65. Д. 776. Л. 31). Затем нет.", 2),
    "a quotation of two sentences": ("He said “It is not ready. It is not allowed. No.” Then he left.", 2),
    "markers behind the stop": ("It is so.[1] Then it was not.[2][3] It ended.", 3),
    "a heading and a list": ("# Reasons\n- The first is this.\n- The second is that.", 3),
    "a block quote with its lead-in": ("It says:\n\n> the army is not\n> ready for it\n\nThen it ends.", 2),
    "a block quote and its reference below": ("It says:\n\n> the army is not ready\n\nAPRF, f. 3, op. 65, d. 776.", 1),
    "a numbered list": ("1. The first is this.\n2. The second is that.", 2),
    "nothing": (" \n ", 0),
}


@pytest.mark.parametrize(("text", "count"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_keeps_what_belongs_to_it(text, count):
    assert len(prose(text)) == count


def test_ibid_stands_for_the_citation_before_it():
    found = prose("So (APRF, f. 3, op. 65, d. 776, l. 31). Not so (ibid.). Он «там» (там же, л. 32 об.).")
    cited = [one.references[0] for s in found for one in s.citations]
    assert [one.delo for one in cited] == ["776"] * 3
    assert [one.leaves for one in cited][:2] == [(("31", "31"),)] * 2
    assert cited[2].leaves[0][0].startswith("32")
    assert prose("Not so (ibid.).")[0].citations[0].references == ()


def test_a_block_quote_ends_where_its_citation_begins():
    (found,) = prose("It says:\n\n> the army is not ready for it (APRF, f. 3, op. 65, d. 776, l. 31)")
    assert [quoted.words for quoted in found.quotations] == ["the army is not ready for it"]
    assert [cited.references[0].delo for cited in found.citations] == ["776"]


@given(any_texts)
def test_all_text_stands_in_some_sentence_and_every_place_in_its_sentence(text):
    for found in prose(text, ["1", "a"]):
        for quoted in found.quotations:
            assert is_quotation(quoted.words)
            if ">" not in found.text:
                assert quoted.span.of(found.text) == quoted.words
        for cited in found.citations:
            assert 0 <= cited.span.start < cited.span.end <= len(found.text)
    assert all(span.end <= len(text) for span in marked(text))


RECORD = {
    "schema": "delo.answer/1",
    "id": "q1",
    "question": "Why?",
    "language": "en",
    "abstained": False,
    "confidence": 0.9,
    "reason": None,
    "statements": [
        {
            "text": "From “A Directive” (1949):",
            "citations": [
                {
                    "document_id": "112133",
                    "language": "en",
                    "start": 5,
                    "end": 33,
                    "words": "the army is not ready for it",
                    "references": [
                        {"text": "APRF, f. 3, op. 65, d. 776, ll. 30-32", "archive": "APRF", "fond": "3", "opis": "65",
                         "delo": "776", "papka": None, "leaves": [["30", "32"]]}
                    ],
                    "parallel": {"words": "армия к этому не готова"},
                }
            ],
        }
    ],
    "documents": ["112133"],
}  # fmt: skip


def test_a_statement_of_delo_is_its_words_and_then_what_it_quotes():
    answer = answer_of(RECORD)
    (found,) = answer.sentences
    (quoted,) = found.quotations
    assert found.text == "From “A Directive” (1949): “the army is not ready for it”"
    assert quoted.span.of(found.text) == quoted.words
    assert (quoted.source, quoted.language, quoted.place) == ("112133", "en", Span(5, 33))
    assert found.citations[0].references[0].leaves == (("30", "32"),)
    assert (answer.id, answer.refused, answer.confidence) == ("q1", False, 0.9)


def test_delos_answers_in_the_forms_of_others_read_back_with_the_same_words_and_sources():
    (trec,) = [answer_of(line(RECORD, "run"))]
    assert trec.sentences[0].text == answer_of(RECORD).sentences[0].text
    assert [cited.source for cited in trec.sentences[0].citations] == ["112133"]
    ragas = answer_of(sample(RECORD, [("112133", "Here the army is not ready for it.")]))
    assert ragas.sources[0].texts == {"": "Here the army is not ready for it."}
    assert [quoted.words for quoted in ragas.sentences[0].quotations] == ["the army is not ready for it"]
    assert ragas.sentences[0].citations[0].references[0].delo == "776"
    assert sample(RECORD)["retrieved_contexts"] == ["the army is not ready for it", "армия к этому не готова"]


def test_an_abstention_is_written_with_its_reason():
    assert response(RECORD | {"statements": [], "reason": "Nothing."}) == "Nothing."


TREC_2024 = {
    "run_id": "r", "topic_id": "2024-1", "topic": "why?", "references": ["d1", "d2"], "response_length": 4,
    "answer": [{"text": "It was so.", "citations": [0, 1]}, {"text": "It ended.", "citations": [7]}],
}  # fmt: skip
TREC_2025 = {
    "metadata": {"run_id": "r", "narrative_id": 12, "narrative": "why?"}, "references": ["d1"],
    "answer": [{"text": "It was so.", "citations": ["d1"]}],
}  # fmt: skip


def test_both_forms_of_trec_are_read():
    older, newer = answer_of(TREC_2024), answer_of(TREC_2025)
    assert (older.id, newer.id, newer.question) == ("2024-1", "12", "why?")
    assert [[cited.source for cited in s.citations] for s in older.sentences] == [["d1", "d2"], [None]]
    assert newer.sentences[0].citations[0].source == "d1"


RAGAS = {
    "now": {"user_input": "why?", "response": "It was so.", "retrieved_contexts": ["It was so."]},
    "with ids": {"user_input": "why?", "response": "It was so.", "retrieved_contexts": ["It was so."],
                 "retrieved_context_ids": ["context 1"]},
    "old names": {"question": "why?", "answer": "It was so.", "contexts": ["It was so."], "ground_truth": "So."},
}  # fmt: skip


@pytest.mark.parametrize("record", RAGAS.values(), ids=RAGAS)
def test_every_form_of_ragas_is_read(record):
    answer = answer_of(record, "7")
    assert (answer.id, answer.question, [s.text for s in answer.sentences]) == ("7", "why?", ["It was so."])
    assert [(source.id, source.texts) for source in answer.sources] == [("context 1", {"": "It was so."})]


def test_a_plain_answer_is_read_with_its_sources():
    plain = {"id": 3, "question": "why?", "answer": "So [2].", "sources": ["a", {"id": "b", "text": "So."}]}
    answer = answer_of(plain)
    assert (answer.id, answer.language) == ("3", "en")
    assert [(source.id, dict(source.texts)) for source in answer.sources] == [("a", {}), ("b", {"": "So."})]
    assert answer.sentences[0].citations[0].source == "b"


GOOD = json.dumps({"id": "a", "question": "why?", "answer": "So."})
BAD = {
    "no JSON": ("so\n", "line 1: not an answer"),
    "a number": (f"{GOOD}\n5\n", "line 2: not an answer: it is '5'"),
    "an unknown form": ('{"id": "a", "words": "so"}\n', "its members are 'id', 'words'"),
    "no question": ('{"answer": "So.", "question": null}\n', "it has no 'question'"),
    "an answer that is no text": ('{"question": "why?", "answer": 5}\n', "answer is 5, no text"),
    "a list for an id": ('{"id": [], "question": "why?", "answer": "So."}\n', "the id is \\[\\]"),
    "an id twice": (f"{GOOD}\n\n{GOOD}\n", "line 3: the id 'a' was given to line 1"),
    "NaN": ('{"question": "why?", "answer": "So.", "confidence": NaN}\n', "NaN is no number"),
    "half a letter": ('{"question": "why?", "answer": "So \\ud800."}\n', "line 1: not an answer"),
    "contexts that do not fit their ids": (
        json.dumps(RAGAS["now"] | {"retrieved_context_ids": ["a", "b"]}) + "\n", "1 contexts and 2 ids"),
    "contexts that are no texts": (json.dumps(RAGAS["now"] | {"retrieved_contexts": [5]}), "a context is 5"),
    "messages of many turns": ('{"user_input": [{"content": "why?"}], "response": "So."}', "no text"),
    "a statement without words": (
        json.dumps(RECORD | {"statements": [{"text": "a", "citations": [{"document_id": "1"}]}]}), "it has no 'words'"),
    "nothing": ("\n\n", "no answer in it"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), BAD.values(), ids=BAD)
def test_what_is_malformed_is_refused_by_line(tmp_path, text, told):
    path = tmp_path / "answers.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AnswersError, match=told):
        read_answers(path)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path):
    with pytest.raises(AnswersError, match="cannot be read"):
        read_answers(tmp_path / "none.jsonl")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AnswersError, match="cannot be read"):
        read_answers(tmp_path / "bytes")


def test_one_object_over_many_lines_and_a_list_are_read(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(RECORD, indent=1), encoding="utf-8")
    assert [answer.id for answer in read_answers(path)] == ["q1"]
    path.write_text(json.dumps([RECORD, RECORD | {"id": "q2"}], indent=1), encoding="utf-8")
    assert [answer.id for answer in read_answers(path)] == ["q1", "q2"]
