"""Every embedder keeps one contract; a model that cannot be had is one clear line, soon."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from index.embed import describe, measure_scale, open_embedder
from index.errors import ModelError
from index.model import USEM3, EmbedderSettings, Scale
from tests.strategies import any_texts

TEXTS = ["Мост через реку открыт.", "The bridge over the river is open.", "The harvest was poor.", ""]


MINILM = pytest.param("minilm", marks=(pytest.mark.model, pytest.mark.slow))  # torch alone takes seconds to load


@pytest.fixture(scope="session")
def english(minilm):
    return open_embedder(EmbedderSettings(name=str(minilm)))


@pytest.fixture(params=[USEM3, MINILM])
def embedder(request):
    return request.getfixturevalue({USEM3: "model", "minilm": "english"}[request.param])


class TestEveryEmbedder:
    def test_it_gives_one_vector_of_length_one_for_each_text(self, embedder):
        for encode in (embedder.passages, embedder.questions):
            vectors = encode(TEXTS)
            assert vectors.shape == (len(TEXTS), embedder.dimension)
            assert vectors.dtype == np.float32
            assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_it_gives_nothing_for_nothing(self, embedder):
        assert embedder.passages([]).shape == (0, embedder.dimension)
        assert embedder.questions([]).shape == (0, embedder.dimension)

    def test_a_text_has_the_same_vector_whatever_stands_beside_it(self, embedder):
        many = [f"Text number {n} " + "and more " * (n % 7) for n in range(70)]
        assert np.allclose(embedder.passages(many)[41], embedder.passages([many[41]])[0], atol=1e-5)

    def test_what_is_alike_lies_near(self, embedder):
        one, two, three = embedder.passages(
            ["The bridge over the river is open.", "They opened a bridge across the river.", "Pears are sweet."]
        )
        assert one @ two > one @ three + 0.2

    def test_a_text_of_any_length_is_embedded(self, embedder):
        assert np.isfinite(embedder.passages(["слово " * 5000, "х" * 5000])).all()


@given(any_texts)
def test_any_text_has_a_finite_vector_of_length_one(model, text):
    (vector,) = model.passages([text])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_the_default_model_knows_a_translation_from_another_sentence(model):
    scale = measure_scale(model)
    assert scale.bilingual
    assert scale.read(scale.unrelated) == 0
    assert scale.read(scale.translated) == pytest.approx(1)
    ru, en, other = model.passages(TEXTS[:3])
    assert scale.read(ru @ en) > 0.7
    assert scale.read(ru @ other) < 0.3


@pytest.mark.slow
@pytest.mark.model
def test_a_model_of_english_alone_is_found_out(english):
    assert not measure_scale(english).bilingual


@pytest.mark.slow
@pytest.mark.model
def test_the_card_of_a_model_says_its_dimension(english, minilm):
    card = describe(english, EmbedderSettings(name=str(minilm)))
    assert (card.dimension, card.scale.bilingual) == (384, False)


@pytest.mark.parametrize("kind", [USEM3, MINILM])
def test_prompts_are_put_before_questions_and_passages(kind, request):
    plain = request.getfixturevalue({USEM3: "model", "minilm": "english"}[kind])
    name = USEM3 if kind == USEM3 else str(request.getfixturevalue("minilm"))
    prompted = open_embedder(EmbedderSettings(name=name, question_prompt="query: ", passage_prompt="passage: "))
    assert np.allclose(prompted.questions(["a bridge"]), plain.passages(["query: a bridge"]), atol=1e-4)
    assert np.allclose(prompted.passages(["a bridge"]), plain.passages(["passage: a bridge"]), atol=1e-4)


def test_a_scale_too_narrow_to_tell_translations_is_not_blown_up():
    assert not Scale(unrelated=0.5, translated=0.6).bilingual
    assert Scale(unrelated=0.5, translated=0.5).read(0.65) == pytest.approx(1)


class TestSettings:
    def test_they_name_the_model_and_the_prompts_given(self):
        assert str(EmbedderSettings()) == "'usem3'"
        assert str(EmbedderSettings(name="x", passage_prompt="p: ")) == "'x', passage prompt 'p: '"

    def test_a_folder_is_kept_as_an_absolute_path(self, tmp_path, monkeypatch):
        (tmp_path / "model").mkdir()
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("HOME", str(tmp_path))
        for name in ("model", "./model", "~/model"):
            assert EmbedderSettings(name=name).name == str(tmp_path / "model")

    def test_a_folder_called_as_the_default_model_does_not_hide_it(self, tmp_path, monkeypatch):
        (tmp_path / USEM3).mkdir()
        monkeypatch.chdir(tmp_path)
        assert EmbedderSettings().name == USEM3


class TestRefusals:
    @pytest.mark.parametrize("name", ["/no/such/folder", "./no", "~/no-such-folder", "a/b/c", "no\\such"])
    def test_a_folder_that_is_not_there_is_refused_before_anything_is_loaded(self, name):
        started = time.perf_counter()
        with pytest.raises(
            ModelError, match=r"no embedding model at .*: there is no such folder; give a model's folder"
        ):
            open_embedder(EmbedderSettings(name=name), download=True)
        assert time.perf_counter() - started < 0.5

    def test_a_folder_that_holds_no_model_is_refused(self, tmp_path):
        with pytest.raises(ModelError, match=r"the folder has neither modules\.json nor config\.json; give the folder"):
            open_embedder(EmbedderSettings(name=str(tmp_path)))

    @pytest.mark.slow
    @pytest.mark.model
    @pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "config.json", "1_Pooling/config.json"])
    def test_a_model_whose_file_is_cut_short_is_refused_in_one_line(self, minilm, tmp_path, file):
        shutil.copytree(minilm, tmp_path / "model")
        os.truncate(tmp_path / "model" / file, (minilm / file).stat().st_size // 2)
        with pytest.raises(ModelError, match=r"cannot load the embedding model .*; give the name of") as refused:
            open_embedder(EmbedderSettings(name=str(tmp_path / "model"))).passages(["x"])
        assert "\n" not in str(refused.value)

    @pytest.mark.slow
    @pytest.mark.model
    def test_an_unknown_name_is_refused_in_one_line_and_without_long_attempts(self, tmp_path):
        """The library itself retries for more than a minute when the hub cannot be reached."""
        program = (
            "from index.embed import *\n"
            "for download in (True, False):\n"
            "    try: open_embedder(EmbedderSettings(name='nobody/no-such-model'), download=download).dimension\n"
            "    except ModelError as error: print(error)\n"
        )
        unreachable = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path)}
        root = Path(__file__).parents[2]
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=root, env={**os.environ, **unreachable}, capture_output=True,
            text=True, timeout=50, check=True,
        )  # fmt: skip
        offered, local = done.stdout.splitlines()
        assert "'nobody/no-such-model': it is not on this machine, and the hub cannot be asked: " in offered
        assert local.startswith("cannot load the embedding model 'nobody/no-such-model': ")
        assert "Retrying" not in done.stderr


def test_settings_are_equal_if_all_of_them_are():
    assert replace(EmbedderSettings(), question_prompt="q") != EmbedderSettings()
    assert replace(EmbedderSettings(), name=USEM3) == EmbedderSettings()
