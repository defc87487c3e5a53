import numpy as np
import pytest

from eval.weights import Choice, learn, main
from tests.eval.questions import write_questions
from tests.records import ARCHIVE, write_all


def test_weights_that_choices_were_drawn_by_are_learned_back():
    rng = np.random.default_rng(0)
    true = np.array([2.0, -1.0, 0.0])
    choices = []
    for number in range(3_000):
        rows = rng.normal(size=(6, 3))
        likely = np.exp(rows @ true)
        right = int(rng.choice(6, p=likely / likely.sum()))
        choices.append(Choice("a", "en", str(number), rows, right))
    assert learn(choices) == pytest.approx(true, abs=0.15)


@pytest.mark.slow
def test_the_command_prints_weights_and_how_they_do_by_archive_and_language(tmp_path, capsys):
    archive = write_all(tmp_path / "small" / "archive", ARCHIVE)
    main([str(archive), str(write_questions(tmp_path / "questions.jsonl"))])
    printed = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in printed if not line.startswith(" ")] == ["evidence", "confidence"]
    assert sum("small, asked in" in line for line in printed) == 4
