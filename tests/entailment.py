"""A model of entailment whose judgement is known: weights set by hand, in the form of real ones.

It knows single letters. A q in either text speaks for entailment, a z for contradiction, both for each alike; where
there is neither it says neutral.
"""

from pathlib import Path

LETTERS = [*"abcdefghijklmnopqrstuvwxyz", *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz")]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS]
LABELS = ("entailment", "neutral", "contradiction")
SIZE = 16


def write_entailment_model(folder: Path, labels=LABELS, *, meanings=LABELS, strength=4.0, broken=False) -> Path:
    """The model; `labels` are what its numbers are called, `meanings` what each really means, in the same order.

    It is the surer the larger its `strength`; a `broken` one gives NaN.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=SIZE, num_hidden_layers=1, num_attention_heads=2, intermediate_size=SIZE,
        max_position_embeddings=512, id2label=dict(enumerate(labels)), label2id={x: n for n, x in enumerate(labels)},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        for name, weights in model.named_parameters():
            weights.fill_(1.0 if name.endswith("LayerNorm.weight") else 0.0)
        layer = model.bert.encoder.layer[0].attention
        for dense in (layer.self.value, layer.output.dense, model.bert.pooler.dense):
            dense.weight.copy_(torch.eye(SIZE))  # what any letter says reaches the head; attention is even
        for place, letter in enumerate("qz"):
            for token in (letter, f"##{letter}"):
                model.bert.embeddings.word_embeddings.weight[WORDS.index(token), place] = 1.0
        for row, meaning in enumerate(meanings):
            if meaning == "neutral":
                model.classifier.bias[row] = float("nan") if broken else strength
            else:
                model.classifier.weight[row, 0 if meaning == "entailment" else 1] = 2 * strength
    model.save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder
