"""The checker by entailment, with a model of known judgement; and which models it takes."""

import itertools

import numpy as np
import pytest

from eval.nli import LONGEST_WINDOW, EntailmentChecker
from index.crossencoder import RELATIONS, EntailmentModel, relations
from index.errors import ModelError
from tests.entailment import LABELS, write_entailment_model

pytestmark = pytest.mark.slow
CLAIM = "The boats came in May."
YES, NO, OPEN = "The boats came at dawn, q.", "The boats came in June, z.", "The boats were old."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_entailment_model(tmp_path_factory.mktemp("nli") / "model")


@pytest.fixture(scope="module")
def checker(folder):
    return EntailmentChecker(EntailmentModel(str(folder)), "known")


@pytest.mark.parametrize(
    ("sources", "verdict"),
    [
        ([YES], "supported"),
        ([OPEN, OPEN, YES], "supported"),
        ([NO], "contradicted"),
        ([OPEN, NO, OPEN], "contradicted"),
        ([OPEN], "unsupported"),
        ([OPEN] * 7, "unsupported"),
    ],
)
def test_the_nearest_stretches_decide(checker, sources, verdict):
    found = checker.score(CLAIM, sources)
    assert found.verdict == verdict
    assert found.by == "entailment by known"
    source, span = found.evidence
    if verdict != "unsupported":
        assert span.of(sources[source]) == sources[source] in (YES, NO)
        assert source == sources.index(YES if verdict == "supported" else NO)
    assert (found.score >= 0.7) == (verdict == "supported")


def test_one_stretch_for_and_one_against_leaves_the_surer_verdict_or_none(checker):
    assert checker.score(CLAIM, [f"{YES} {NO}"]).verdict == "undecided"  # one stretch that says both


@pytest.mark.parametrize("order", list(itertools.permutations(LABELS)), ids="-".join)
def test_the_labels_may_stand_in_any_order(tmp_path, order):
    model = EntailmentModel(str(write_entailment_model(tmp_path / "m", order, meanings=order)))
    told = model.judge([YES, OPEN, NO], CLAIM)
    assert told.shape == (3, 3)
    assert told.sum(axis=1) == pytest.approx(1)
    assert [RELATIONS[column] for column in told.argmax(axis=1)] == list(RELATIONS)


def test_a_model_that_knows_no_contradiction_never_finds_one(tmp_path):
    labels = ("not_entailment", "entailment")
    folder = write_entailment_model(tmp_path / "m", labels, meanings=("neutral", "entailment"))
    checker = EntailmentChecker(EntailmentModel(str(folder)), "two")
    assert [checker.score(CLAIM, [text]).verdict for text in (YES, NO, OPEN)] == [
        "supported",
        "unsupported",
        "unsupported",
    ]


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        (("CONTRADICTION", "ENTAILMENT", "NEUTRAL"), (1, 2, 0)),
        (("entails", "contradicts", "neutral"), (0, 2, 1)),
        (("Not-Entailment", "Entailment"), (1, 0, None)),
    ],
)
def test_labels_are_told_in_the_usual_spellings(labels, columns):
    assert relations(dict(enumerate(labels)), "m") == columns


@pytest.mark.parametrize(
    "labels",
    [
        ("LABEL_0", "LABEL_1", "LABEL_2"),
        ("LABEL_0",),
        ("entailment",),
        ("entailment", "contradiction"),
        ("entailment", "entails", "neutral"),
        ("entailment", "neutral", "contradiction", "other"),
        ("positive", "neutral", "negative"),
        (),
    ],
)
def test_a_model_whose_labels_cannot_be_told_is_refused(labels):
    with pytest.raises(ModelError, match="does not say which of its numbers means what"):
        relations(dict(enumerate(labels)), "m")


def test_such_a_model_is_refused_when_the_checker_is_made(tmp_path):
    folder = write_entailment_model(tmp_path / "m", ("LABEL_0", "LABEL_1", "LABEL_2"))
    with pytest.raises(ModelError, match="its labels are 'LABEL_0', 'LABEL_1', 'LABEL_2'"):
        EntailmentChecker(EntailmentModel(str(folder)), "m")


def test_a_model_that_gives_what_is_no_number_leaves_all_undecided(tmp_path):
    model = EntailmentModel(str(write_entailment_model(tmp_path / "m", broken=True)))
    assert np.isnan(model.judge([YES], CLAIM)).all()
    found = EntailmentChecker(model, "broken").score(CLAIM, [YES])
    assert (found.verdict, found.score, found.reason) == ("undecided", 0, "the model gave what is not a number")


def test_a_model_that_is_never_sure_leaves_all_undecided(tmp_path):
    model = EntailmentModel(str(write_entailment_model(tmp_path / "m", strength=0.05)))
    checker = EntailmentChecker(model, "unsure")
    for text in (YES, NO, OPEN):
        found = checker.score(CLAIM, [text])
        assert found.verdict == "undecided"
        assert "not sure" in found.reason


def test_only_what_lies_near_is_read_and_it_is_found_in_long_sources(checker):
    filler = "The harvest of that year was good, said the minister. " * 60
    source = f"{filler}{YES} {filler}"
    found = checker.score(CLAIM, [filler, source])
    assert found.verdict == "supported"
    assert found.evidence[0] == 1
    assert YES in found.evidence[1].of(source)
    assert found.evidence[1].end - found.evidence[1].start <= LONGEST_WINDOW


def test_what_the_model_cannot_read_whole_is_not_judged(checker, folder):
    long = "boats " * 200  # this model counts letters
    assert not EntailmentModel(str(folder)).fits(YES, long)
    assert checker.score(long, [YES]).reason == "the sentence is too long for the model"
    assert checker.score(CLAIM, ["Boats came and came. " * 40, YES]).verdict == "supported"  # the rest is


@pytest.mark.parametrize(
    ("claim", "sources"), [("", [YES]), (" ", [YES]), (CLAIM, []), (CLAIM, ["", " \n"]), ("\ud800", ["\ud800"])]
)
def test_nothing_is_decided_where_there_is_nothing_to_judge(checker, claim, sources):
    found = checker.score(claim, sources)
    assert found.verdict in ("undecided", "unsupported")
    assert (found.verdict == "undecided") == (claim != "\ud800")


def test_a_model_that_is_not_on_this_machine_is_fetched_only_if_asked_for(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match=r"cannot load the entailment model 'nobody/no-such-model'"):
        _ = EntailmentModel("nobody/no-such-model").columns
    with pytest.raises(ModelError, match="the hub cannot be asked"):
        _ = EntailmentModel("nobody/no-such-model", download=True).columns


def test_code_that_comes_with_a_model_is_never_run(folder, tmp_path):
    import json
    import shutil

    hostile = tmp_path / "hostile"
    shutil.copytree(folder, hostile)
    config = json.loads((hostile / "config.json").read_text())
    config |= {
        "model_type": "own",
        "auto_map": {"AutoConfig": "evil.Config", "AutoModelForSequenceClassification": "evil.M"},
    }
    (hostile / "config.json").write_text(json.dumps(config))
    (hostile / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\nclass Config: ...\nclass M: ...\n")
    with pytest.raises(ModelError, match="cannot load the entailment model"):
        _ = EntailmentModel(str(hostile)).columns
    assert not (tmp_path / "ran").exists()
