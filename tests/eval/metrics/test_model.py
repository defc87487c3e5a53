"""What a language model wrote: more than it cites, withheld, or nothing at all."""

import pytest

from eval.metrics.model import TO_WRITE, scores

ENGLISH = "On August 12 Kim Il Sung asked Ambassador Shtykov for 500 trucks."
RUSSIAN = "12 августа Ким Ир Сен попросил у посла Штыкова 500 грузовиков."
CATALOGUED = {"1": "Conversation with Comrade Mikoyan, May 3, 1950"}


def record(*said, withheld=0, voice="model", remarks=(), model="test", parallel=True):
    facing = {"language": "ru", "start": 0, "end": len(RUSSIAN), "words": RUSSIAN, "confidence": 1.0}
    cited = {"document_id": "1", "words": ENGLISH, "language": "en", "parallel": facing if parallel else None}
    return {
        TO_WRITE: "openai:test",
        "model": model,
        "remarks": list(remarks),
        "statements": [{"text": text, "voice": voice, "citations": [cited]} for text in said],
        "withheld": [{"text": "x", "reason": "y", "voice": "model"}] * withheld,
    }


def unborne(*said, **how):
    score = scores(record(*said, **how), CATALOGUED)["model_unborne"]
    return score.hits, score.total


@pytest.mark.parametrize(
    "said",
    [
        "Kim Il Sung wanted 500 trucks.",
        "He asked on 12 August.",
        "Штыкова попросили 12 августа.",
        "Shtykov heard the request; Mikoyan was told on May 3, 1950.",
        "Nothing else was asked for.",
    ],
)
def test_what_the_cited_words_their_counterpart_or_the_catalogue_has_is_borne_out(said):
    assert unborne(said) == (0, 1)


@pytest.mark.parametrize(
    "said",
    [
        "Kim Il Sung wanted 700 trucks.",
        "He asked on August 13.",
        "He asked Molotov for them.",
        "Их попросили у Молотова.",
        "The year was 1953.",
    ],
)
def test_a_number_a_date_or_a_name_beyond_them_is_told(said):
    assert unborne(said) == (1, 1)
    assert "no source has" in scores(record(said), CATALOGUED)["model_unborne"].reason


def test_only_the_models_own_sentences_count():
    assert unborne("He asked Molotov for them.", voice="archive") == (0, 0)


def test_sentences_withheld_are_a_share_of_all_that_the_model_said():
    score = scores(record("He asked on 12 August.", withheld=3), CATALOGUED)["model_withheld"]
    assert (score.hits, score.total) == (3, 4)


def test_the_documents_alone_are_told_from_a_model_that_was_never_asked():
    def alone(**how):
        return scores(record(**how), CATALOGUED)["documents_alone"].value

    assert scores(record("He asked."), CATALOGUED)["documents_alone"].value == 0
    assert alone(model=None, remarks=["the model failed"]) == 1
    assert alone(model="test", withheld=1) == 1
    assert alone(model=None) is None


def test_of_an_answer_that_no_model_was_to_write_nothing_is_told():
    assert scores({"model": None, "remarks": [], "statements": [], "withheld": []}, {}) == {}
    assert scores(None, {}) == {}
