"""Answers of every form with a known fault each, or none: exactly these are told, and what is right is let be."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.cli import evaluate
from eval.sourcefiles import read_sources
from eval.verbs import judge as verb

PLANTED = Path(__file__).with_name("planted_forms.jsonl")
DOCUMENTS = Path(verb.__file__).parents[1] / "sets" / "archive"
FAULTS = {
    "plain-right": [],
    "plain-number": [("changed number", "430")],
    "plain-altered": [("altered quotation", "Буксир „Чайка“ не может выйти в рейс до получения нового гребного винта")],
    "plain-name": [],  # a name that no source has leaves the sentence undecided
    "plain-across": [],
    "plain-forged": [("invented quotation", "телескоп следует передать Академии наук не позднее весны")],
    "trec-shifted": [("shifted reference", "[0]")],
    "trec-unknown": [("unknown reference", "[4]")],
    "ragas-date": [("changed date", "April 12, 1956")],
    "ragas-right": [],
    "plain-refused": [],
}


@pytest.fixture(scope="module")
def judged():
    done = CliRunner().invoke(
        evaluate, ["judge", str(PLANTED), "--sources", str(DOCUMENTS), "--json"], standalone_mode=False
    )
    assert done.exception is None
    assert done.return_value == 1
    return {line["id"]: line for line in map(json.loads, done.output.splitlines())}


@pytest.mark.parametrize("id_", FAULTS)
def test_exactly_the_fault_that_was_planted_is_told(judged, id_):
    assert [(fault["kind"], fault["words"]) for fault in judged[id_]["faults"]] == FAULTS[id_]


def test_a_name_that_the_source_has_not_is_told_as_the_reason_for_not_deciding(judged):
    assert "Lapshin" in " ".join(judged["plain-name"]["unchecked"])


def test_what_stands_before_an_altered_quotation_is_no_change_in_it(judged):
    """The sentence before it ends in a number, which is not left out of the quotation."""
    (found,) = judged["plain-altered"]["sentences"][0]["quotations"]
    assert [(change["quoted"], change["stands"]) for change in found["changes"]] == [("винта", "вала")]
    assert found["stands"].startswith("Буксир")
    assert not found["critical"]
    source = read_sources(DOCUMENTS).get(found["source"])
    assert source.texts["ru"][slice(*found["span"])] == found["stands"]


def test_a_document_that_does_not_bear_the_sentence_out_is_told_with_the_one_that_does(judged):
    (fault,) = judged["trec-shifted"]["faults"]
    assert fault["told"].startswith("'800001' does not bear the sentence out; '800003' does: “")
