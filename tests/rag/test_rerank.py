import numpy as np
import pytest
from click.testing import CliRunner

from index.crossencoder import Reranker
from index.errors import ModelError
from rag.evidence import weigh
from rag.pipeline import Pipeline
from rag.question import Question
from rag.rerank import RERANKED, rerank
from rag.retrieve import Retriever
from ui.cli import delo

pytestmark = pytest.mark.slow
QUESTION = Question.of("Why did Moscow reject an attack on the South?")
LETTERS = [*"abcdefghijklmnopqrstuvwxyz", *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz")]


def write_cross_encoder(folder, labels=1):
    """A cross-encoder with random weights that knows single letters."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS]), "utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=5 + len(LETTERS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=512, num_labels=labels, initializer_range=0.5,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return write_cross_encoder(tmp_path_factory.mktemp("reranker") / "model")


@pytest.fixture(scope="module")
def reranker(model):
    return Reranker(str(model))


@pytest.fixture(scope="module")
def evidence(index, book):
    return weigh(QUESTION, Retriever(index).retrieve(QUESTION), book, index)


def test_each_text_is_judged_between_no_and_yes_whatever_stands_beside_it(reranker):
    texts = ["attack is out of the question", "rice", "the bridge " * 400]
    told = reranker.judge("Why no attack?", texts)
    assert told.shape == (3,)
    assert ((told >= 0) & (told <= 1)).all()
    assert reranker.judge("Why no attack?", texts[1:2]) == pytest.approx(told[1:2], abs=1e-5)
    assert reranker.judge("Why no attack?", []).shape == (0,)


def test_the_judgement_is_added_to_the_best_sentences_and_the_rest_stay(reranker, evidence):
    before = {(s.hit.passage.id, s.span): s for found in evidence for s in found.sentences}
    best = sorted(before, key=lambda place: -before[place].score)[:RERANKED]
    texts = [place[1].of(before[place].hit.document.texts[before[place].language]) for place in best]
    more = dict(zip(best, reranker.judge(QUESTION.text, texts), strict=True))
    after = rerank(QUESTION, evidence, reranker)
    for found in after:
        for s in found.sentences:
            place = s.hit.passage.id, s.span
            assert s.score == pytest.approx(before[place].score + more.get(place, 0), abs=1e-5)
        assert found.relevance == max(s.score for s in found.sentences)
    relevances = [found.relevance for found in after]
    assert relevances == sorted(relevances, reverse=True)
    assert sum(len(found.sentences) for found in after) == len(before)


def test_an_answer_is_made_of_what_the_model_put_first(home, reranker, evidence):
    with Pipeline.open(home, reranker=reranker) as pipeline:
        answer = pipeline.ask(QUESTION)
    best = max((s for found in rerank(QUESTION, evidence, reranker) for s in found.sentences), key=lambda s: s.score)
    assert answer.statements[0].citations[0].span == best.span


def test_a_model_that_is_not_on_this_machine_is_never_fetched(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match=r"cannot load the reranking model 'nobody/no-such-reranker'"):
        Reranker("nobody/no-such-reranker").judge("Why?", ["Because."])


def test_a_model_that_gives_several_numbers_cannot_rerank(tmp_path):
    with pytest.raises(ModelError, match="gives 3 numbers"):
        Reranker(str(write_cross_encoder(tmp_path / "three", labels=3))).judge("Why?", ["Because."])


def test_a_folder_without_a_model_is_refused_at_once(tmp_path, home):
    with pytest.raises(ModelError, match=r"neither modules\.json nor config\.json"):
        Reranker(str(tmp_path))
    ran = CliRunner().invoke(delo, ["ask", QUESTION.text, "--index", str(home), "--reranker", str(tmp_path)])
    assert isinstance(ran.exception, ModelError)


def test_the_command_asks_with_the_model_named(home, model):
    ran = CliRunner().invoke(delo, ["ask", QUESTION.text, "--index", str(home), "--reranker", str(model), "--json"])
    assert ran.return_value != 2
    assert np.isfinite(float(ran.output.split('"confidence": ')[1].split(",")[0]))
