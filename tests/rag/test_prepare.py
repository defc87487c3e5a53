"""What the first question would wait for is loaded before it."""

from rag.pipeline import Pipeline
from tests.prepared import small_index


def test_after_preparing_the_model_and_the_stores_are_open(tmp_path_factory):
    with Pipeline.open(small_index(tmp_path_factory)) as pipeline:
        with pipeline.opened() as index:
            assert {"embedder", "vectors", "lexical"} & vars(index).keys() == set()
        pipeline.prepare()
        with pipeline.opened() as index:
            assert {"embedder", "vectors", "lexical"} <= vars(index).keys()


def test_preparing_over_a_damaged_archive_leaves_the_trouble_to_the_question(tmp_path_factory):
    home = small_index(tmp_path_factory)
    with Pipeline.open(home) as pipeline:
        for path in (home / "generations").glob("*/lexical/*"):
            path.unlink()
        pipeline.prepare()
