"""The measure of departures: what it plants differs, its intervals are Wilson's, and a run gives all its figures."""

import json
import random

import pytest

from eval.departures import KINDS, main
from eval.edits import changed
from eval.synthetic import write_archive
from tests.pairs import departures_of

PAIR = (
    "Товарищ Громов сообщил 12 августа 1949 г., что получено 474 вагона.",
    "Comrade Gromov has reported on August 12, 1949, that 474 wagons were received.",
)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "missing"])
def test_a_planted_change_is_of_its_kind_and_the_same_for_the_same_seed(kind):
    russian, english = PAIR
    assert departures_of(russian, english) == ()
    now = changed(kind, english, russian, random.Random(4))  # noqa: S311 - no secret
    assert now != english
    assert now == changed(kind, english, russian, random.Random(4))  # noqa: S311
    assert {one.kind for one in departures_of(russian, now)} == {kind}


def test_a_sentence_with_nothing_to_change_is_left_alone():
    assert changed("number", "Nothing here.", "Ничего.", random.Random(1)) is None  # noqa: S311
    assert changed("missing", "Nothing here.", "Ничего.", random.Random(1)) == ""  # noqa: S311


@pytest.mark.slow
def test_a_run_writes_every_figure(tmp_path, capsys):
    write_archive(tmp_path / "archive", 2)
    main([str(tmp_path / "archive"), "--out", str(tmp_path / "figures.json")])
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert set(figures["found"]) == set(KINDS)
    assert figures["false"]["any"]["total"] > 10
    assert len(capsys.readouterr().out.splitlines()) == len(figures["found"]) + len(figures["false"])
