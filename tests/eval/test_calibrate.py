"""Calibration: labelled pairs read, the three outcomes counted, and the cards that are written."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, mannwhitneyu

from eval.calibrate import LabelledPair, Share, as_json, as_report, auroc, calibrate, card, read_pairs
from eval.cli import evaluate
from eval.errors import EvaluationError
from eval.report.cardfile import CARD, read_card
from eval.rules import MEASURED, RuleChecker

SOURCE = "He handed over a list of 1,250 machines. The minister promised to send grain in the autumn."
ROWS = (
    {"claim": "He handed over a list of 1,250 machines.", "label": 1},
    {"claim": "He handed over a list of 1,350 machines.", "label": 0},
    {"claim": "The minister promised to send grain in the autumn.", "label": "supported"},
    {"claim": "Penguins breed upon antarctic ice shelves.", "label": "unsupported"},
)


def line(number, row, dataset="made"):
    told = {"id": f"p{number}", "dataset": dataset, "lang": "en", "source": [SOURCE]} | row
    return json.dumps(told)


@pytest.fixture
def pairs(tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(line(n, row) for n, row in enumerate(ROWS)) + "\n", encoding="utf-8-sig")
    return path


def test_outcomes_are_counted_by_what_people_said(pairs):
    (row,) = calibrate(RuleChecker(), read_pairs([pairs]))
    assert (row.dataset, row.lang, row.base) == ("made", "en", Share(hits=2, n=4))
    assert row.outcomes["supported"] == Share(hits=2, n=2)
    assert row.outcomes["contradicted"] == Share(hits=0, n=1)
    assert row.outcomes["unsupported"] == Share(hits=0, n=1)
    assert row.outcomes["undecided"].value is None
    assert row.flags["number"] == (Share(hits=1, n=1), Share(hits=1, n=2))


def test_sets_and_languages_stand_apart_in_the_order_given():
    one = LabelledPair(id="1", dataset="a", lang="en", claim="It rained.", source=(SOURCE,), label=False)
    rows = calibrate(RuleChecker(), [one, replace(one, lang="ru"), replace(one, dataset="b"), one])
    assert [(row.dataset, row.lang, row.base.n) for row in rows] == [("a", "en", 2), ("a", "ru", 1), ("b", "en", 1)]
    assert [row.auroc for row in rows] == [None, None, None]


@given(st.integers(0, 60), st.integers(1, 60))
def test_the_interval_is_wilsons(hits, n):
    hits = min(hits, n)
    known = binomtest(hits, n).proportion_ci(method="wilson")
    assert Share(hits=hits, n=n).interval == pytest.approx((known.low, known.high), abs=1e-4)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_the_area_is_that_of_mann_and_whitney(judged):
    scores, labels = [score / 5 for score, _ in judged], [label for _, label in judged]
    good = [score for score, label in zip(scores, labels, strict=True) if label]
    bad = [score for score, label in zip(scores, labels, strict=True) if not label]
    if not good or not bad:
        assert auroc(scores, labels) is None
    else:
        known = mannwhitneyu(good, bad).statistic / (len(good) * len(bad))
        assert auroc(scores, labels) == pytest.approx(known)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "there are no labelled pairs"),
        ("{", "line 1: not JSON"),
        ("[]", "line 1: expected an object"),
        (line(1, {"claim": "", "label": 1}), "expected an object with the texts id, dataset, lang, claim"),
        (line(1, {"claim": "It rained.", "label": 2}), "'label' must be 1 for supported or 0, not 2"),
        (line(1, {"claim": "It rained.", "label": []}), "'label' must be"),
        (line(1, {"claim": "It rained.", "label": 1, "source": "text"}), "'source' must be a list of texts"),
        (line(1, ROWS[0]) + "\n" + line(1, ROWS[1]), "line 2: the id 'p1' stands twice"),
    ],
)
def test_malformed_pairs_are_refused_with_file_and_line(tmp_path, lines, said):
    path = tmp_path / "pairs.jsonl"
    path.write_text(lines)
    with pytest.raises(EvaluationError, match=said.replace("(", r"\(")):
        read_pairs([path])


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(EvaluationError, match="cannot be read"):
        read_pairs([tmp_path / "none.jsonl"])


def test_the_card_tells_the_shares_and_flags_in_words(pairs):
    told = card(calibrate(RuleChecker(), read_pairs([pairs])), "rules")
    assert "made (en)  n 4, supported 0.50 [0.15, 0.85]" in told
    assert "supported      0.50   1.00 [0.34, 1.00]" in told
    assert "flag number     unsupported 1.00 [0.21, 1.00] of 1; finds 0.50" in told


def test_the_verb_prints_and_writes_and_the_report_reads_what_is_written(pairs, tmp_path):
    out, shown = tmp_path / "card.txt", tmp_path / "card.json"
    words = ["calibrate", str(pairs), "--out", str(out), "--card", str(shown)]
    result = CliRunner().invoke(evaluate, words, standalone_mode=False)
    assert result.exception is None
    rows = calibrate(RuleChecker(), read_pairs([pairs]))
    assert out.read_text(encoding="utf-8") == card(rows, "rules") + "\n"
    read = read_card(shown)
    assert read is not None
    assert read.sets[0].verdicts["supported"].supported == 1
    assert "machines" not in shown.read_text(encoding="utf-8")
    printed = CliRunner().invoke(evaluate, ["calibrate", str(pairs), "--json"], standalone_mode=False)
    assert json.loads(printed.output) == json.loads(json.dumps(as_json(rows, "rules")))


def test_the_verb_tells_where_it_cannot_write(pairs, tmp_path):
    words = ["calibrate", str(pairs), "--out", str(tmp_path / "none" / "card.txt")]
    with pytest.raises(EvaluationError, match="cannot be written"):
        CliRunner().invoke(evaluate, words, standalone_mode=False, catch_exceptions=False)


def test_a_known_set_is_given_with_its_source_licence_and_use(pairs):
    rows = [replace(row, dataset="TERRa") for row in calibrate(RuleChecker(), read_pairs([pairs]))]
    (told,) = as_report(rows, "rules")["sets"]
    assert "licence: MIT; held out" in told["note"]
    assert told["n"] == 4


def test_the_card_of_our_own_checker_is_here_and_says_what_each_set_is():
    own = read_card(CARD)
    assert own is not None
    assert own.checker == RuleChecker.name
    assert all(one.note for one in own.sets)
    for one in own.sets:
        assert sum(verdict.share for verdict in one.verdicts.values()) == pytest.approx(1, abs=1e-3)
    assert set(MEASURED) == set(own.sets[0].verdicts)
