"""All metrics together: their cards, crashes, and what is not applicable."""

import json
import time

import numpy as np
import pytest

from eval.metrics import METRICS, Aids, by_pair, card_of, over_all, places, scores
from eval.metrics.cost import latency
from eval.runfolder import line_of
from eval.runs import Outcome, Provenance
from index.document import Span
from index.read import read
from tests.eval.metrics.made import answered, case, crashed, evidence, found, nugget, refused

GOLD = {"d1": {"en": Span(0, 50)}}
KNOWN = {"evidence": (evidence("d1", ("31",)),), "nuggets": (nugget(en=("coal",)),), "grades": {"d1": 3}}


def run():
    """A question answered and one refused in either language, one crashed, and one not in the archive."""
    made = [
        *(
            answered(f"1-{x}", case=case(f"1-{x}", **KNOWN), found=found("d1", "d2"), seconds={"whole": 0.1})
            for x in ("en", "ru")
        ),
        *(
            refused(f"2-{x}", of=case(f"2-{x}", **KNOWN), found=found("d2"), seconds={"whole": 0.3})
            for x in ("en", "ru")
        ),
        crashed("3-en", of=case("3-en", **KNOWN)),
        refused("4-en", of=case("4-en", answerable=False), repeats=3, flips=1),
    ]
    return [Outcome(**({x: getattr(o, x) for x in o.__slots__} | {"scores": scores(o, GOLD)})) for o in made]


def test_every_metric_has_a_whole_card():
    assert len(METRICS) > 70
    for card in METRICS.values():
        assert all((card.title, card.family, card.formula, card.range, card.source)), card.name
        assert card.higher_is_better is not None or "neither" in card.range or "0 is best" in card.range, card.name
        assert not card.name.startswith("level_") or card.title.endswith(card.name.removeprefix("level_"))


def test_every_score_has_a_card_and_every_question_the_same_names():
    told = [outcome.scores for outcome in run()]
    assert all(one.keys() == told[0].keys() for one in told)
    assert told[0].keys() == {
        name for name, card in METRICS.items() if card.per == "question" and card.family != "model"
    }
    for name in (*over_all(run()), *by_pair(run())["1"]):
        assert card_of(name).title
    with pytest.raises(KeyError):
        card_of("no such metric")


def test_shares_lie_between_0_and_1():
    for outcome in run():
        for name, score in outcome.scores.items():
            assert score.reason, name
            if METRICS[name].share:
                assert 0 <= score.hits <= score.total, name


ALWAYS = (
    *("nDCG@10", "evidence_hit@5", "quote_fidelity", "quote_strict", "quote_coverage", "resolvable", "format_valid"),
    *("support_lo", "support_hi", "alce_recall_lo", "alce_precision_hi", "cite_p_gold", "cite_r_gold"),
    *("cite_p_gold_leaf", "cite_r_gold_leaf", "nugget_vital_strict", "nugget_all"),
)


def test_a_crash_counts_in_every_denominator_where_more_is_better():
    told = scores(crashed(of=case(**KNOWN)), GOLD)
    for name in ALWAYS:
        assert (told[name].hits, told[name].value) == (0, 0), name


def test_a_crash_makes_no_rate_of_errors_look_better():
    told = scores(crashed(of=case(**KNOWN)), GOLD)
    for name in ("altered_rate", "fabricated_rate", "red_rate", "number_not_in_evidence", "over_refusal_any", "ASR"):
        assert told[name].value is None, name


def test_a_crash_tells_nothing_of_what_the_archive_may_lack():
    told = scores(crashed(of=case(grades={"d1": 3})), GOLD)
    for name in ("level_papka", "exact_leaf", "leaf_iou", "twin_ok", "quote_located", "cite_r_gold_leaf", "quip25"):
        assert told[name].value is None, name


def test_a_crash_of_a_question_without_an_answer_is_no_right_refusal():
    told = scores(crashed(of=case(answerable=False)), {})
    assert (told["refusal_recall"].value, told["errors"].value) == (0, 1)
    assert told["quote_fidelity"].value is told["nDCG@10"].value is None


def test_an_outcome_without_a_judgement_has_no_score_of_one():
    told = scores(answered(case=case(**KNOWN), judgement=None, found=found("d1")), GOLD)
    assert told["support_lo"].value is told["quote_strict"].value is None
    assert told["nugget_vital_strict"].value == 1


def test_a_refusal_of_an_answerable_question_has_no_nugget_and_no_quotation():
    told = scores(refused(of=case(**KNOWN), found=found("d1")), GOLD)
    assert (told["nugget_vital_strict"].value, told["cite_r_gold"].value, told["over_refusal"].value) == (0, 0, 1)
    assert told["quote_fidelity"].value is told["cite_p_gold"].value is told["support_hi"].value is None


def test_an_empty_run_has_nothing():
    assert {score.value for score in over_all([]).values()} == {None}
    assert by_pair([]) == {}


def test_a_run_by_hand():
    told = over_all(run())
    assert (told["refusal_F1"].hits, told["refusal_F1"].total) == (2, 4)  # one rightly of three refused; one due
    assert told["errors"].value == pytest.approx(1 / 6)
    assert told["decision_agreement"].value == 1
    assert told["flip_rate"].value == 1 / 2
    assert (told["p50, whole"].value, told["p95, whole"].value) == (pytest.approx(0.2), pytest.approx(0.3))


def test_scores_can_be_written_as_they_are():
    for outcome in run():
        assert json.loads(line_of(outcome))["scores"].keys() == outcome.scores.keys()


def test_peak_memory_is_told_in_megabytes_if_it_was_measured():
    words = dict.fromkeys(
        ("version", "question_set", "questions", "corpus", "generation", "model", "composer", "checker"), "x"
    )
    made = Provenance(
        **words, commit=None, documents=1, settings={}, seed=0, host="x", python="3", started="x", peak_bytes=5_000_000
    )
    assert over_all([], made)["peak_memory"].value == 5


def test_not_a_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        latency([float("nan")], 0.5)


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_latency_is_the_quantile_that_numpy_gives(share):
    seconds = [0.3, 0.1, 0.25, 0.9, 0.7, 0.2]
    assert latency(seconds, share).value == pytest.approx(float(np.quantile(seconds, share)))
    assert latency([0.4], share).value == 0.4


def test_of_a_crash_no_time_is_told():
    assert over_all([crashed(seconds={"whole": 9.0})])["p95, whole"].value is None


def test_further_places_of_evidence_are_hits_as_well():
    outcome = answered(case=case(**KNOWN), found=found("d2"))
    assert scores(outcome, GOLD)["evidence_hit@5"].value == 0
    more = Aids(places=(("d2", {"en": Span(10, 20)}),))
    assert scores(outcome, GOLD, more)["evidence_hit@5"].value == 1


def test_places_of_evidence_are_read_from_the_documents(sample):
    document = read(sample, sample.read_bytes(), "").document
    words = document.texts["en"][10:140]
    asked = case(evidence=(evidence(document.id, en=words), evidence("elsewhere", en="x")))
    assert places(asked, {document.id: document}) == ((document.id, {"en": Span(10, 140)}),)


def test_all_scores_of_a_question_take_less_than_a_millisecond():
    """The least of several runs; the machine may have other work."""
    outcome = answered(case=case(**KNOWN), found=found(*(f"d{n}" for n in range(30))))
    taken = []
    for _ in range(30):
        begun = time.process_time()
        scores(outcome, GOLD)
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.001
