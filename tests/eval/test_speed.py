"""The benchmark measures what it says; what it finds is not judged here."""

import pytest

from eval.speed import Figure, _citing, _evaluating, _indexing, _warm
from tests.prepared import sample_index


def test_a_figure_over_its_aim_is_marked():
    assert "MISSED" in str(Figure("slow", 2.0, "s", 1.0))
    assert "MISSED" not in str(Figure("quick", 0.5, "s", 1.0))
    assert "at most" not in str(Figure("any", 0.5, "s"))


@pytest.mark.slow
def test_indexing_is_measured_as_ratios_in_one_run(tmp_path):
    figures = {figure.name: figure.value for figure in _indexing(tmp_path, 3)}
    assert figures["indexing / the embedder alone"] == pytest.approx(
        figures["indexing them"] / figures["the embedder alone, the same sentences"]
    )
    assert figures["again / first"] == pytest.approx(
        figures["indexing again, nothing changed"] / figures["indexing them"]
    )


@pytest.mark.slow
def test_warm_questions_are_measured_on_the_sample(tmp_path_factory):
    figures = list(_warm(sample_index(tmp_path_factory), 3))
    assert len(figures) == 3
    assert all(figure.unit == "ms" and figure.value > 0 for figure in figures)


@pytest.mark.slow
def test_look_ups_are_measured_as_whole_processes(tmp_path):
    figures = list(_citing(tmp_path, 20, 2))
    assert [figure.name for figure in figures] == [
        "delo cite REFERENCE, cold, 20 records",
        "delo cite ID --style ris, cold, 20 records",
    ]
    assert all(figure.unit == "s" and figure.value > 0 for figure in figures)


@pytest.mark.slow
def test_an_evaluation_is_measured_by_the_pipeline_alone(tmp_path):
    figures = {figure.name: figure for figure in _evaluating(tmp_path, 3, 4)}
    parts = [figures[f"evaluating them: {name}"].value for name in ("asking", "judging", "reckoning")]
    alone = figures["4 questions to 3 records, pipeline alone"].value
    ratio = figures["evaluation / the pipeline alone"]
    assert (ratio.value, ratio.most) == (pytest.approx(sum(parts) / alone), 1.2)
