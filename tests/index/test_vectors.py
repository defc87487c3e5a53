"""Search by meaning, compared with a search that looks at every vector."""

import numpy as np
import pytest

from index.errors import IndexDamagedError
from index.vectors import VectorIndex

DIMENSION = 24
COUNT = 2600


def directions(count, seed):
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


ALL = {f"p{n}": vector for n, vector in enumerate(directions(COUNT, 1))}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    path = tmp_path_factory.mktemp("vectors") / "v"
    writer = VectorIndex.create(path)
    writer.add("ru", list(ALL), np.stack(list(ALL.values())))
    writer.add("en", ["p0", "x"], directions(2, 2))
    writer.close()
    reader = VectorIndex(path)
    yield reader
    reader.close()


@pytest.fixture
def small(tmp_path):
    writer = VectorIndex.create(tmp_path / "v")
    writer.add("ru", [f"s{n}" for n in range(40)], directions(40, 3))
    writer.add("en", [f"s{n}" for n in range(20)], directions(20, 4))
    yield writer
    writer.close()


def exact(vector, count, among=None):
    scored = [(id_, float(vector @ other)) for id_, other in ALL.items() if among is None or id_ in among]
    return sorted(scored, key=lambda hit: -hit[1])[:count]


def ids(hits):
    return [id_ for id_, _ in hits]


def test_the_nearest_are_found_with_their_cosines(index):
    met = 0
    for vector in directions(40, 7):
        found, wanted = index.search("ru", vector, 10), exact(vector, 10)
        met += len(set(ids(found)) & set(ids(wanted)))
        true = {id_: float(vector @ ALL[id_]) for id_ in ids(found)}
        assert dict(found) == pytest.approx(true, abs=1e-4)
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert met >= 0.98 * 400


@pytest.mark.parametrize("share", [3, 100, 1000, 2300], ids=lambda share: f"{share} of {COUNT}")
def test_among_chosen_passages_the_nearest_of_them_are_found(index, share):
    rng = np.random.default_rng(share)
    met = wanted = 0
    for vector in directions(10, 8):
        among = {f"p{n}" for n in rng.choice(COUNT, share, replace=False)}
        found, true = ids(index.search("ru", vector, 10, among)), ids(exact(vector, 10, among))
        assert set(found) <= among
        assert len(found) == len(true)
        met += len(set(found) & set(true))
        wanted += len(true)
    assert met >= 0.98 * wanted


def test_far_passages_are_found_if_they_alone_are_asked_for(index):
    (vector,) = directions(1, 9)
    far = set(ids(exact(-vector, 2100)))
    assert ids(index.search("ru", vector, 3, far)) == ids(exact(vector, 3, far))


def test_no_passage_is_found_among_none(index):
    assert index.search("ru", directions(1, 10)[0], 5, set()) == []


def test_a_chosen_passage_that_is_not_here_is_damage(index):
    with pytest.raises(IndexDamagedError, match="cannot be used: .*Error finding id; rebuild them"):
        index.search("ru", directions(1, 10)[0], 5, {"p0", "no such"})


def test_all_are_found_if_more_are_asked_for_than_there_are(index):
    (vector,) = directions(1, 11)
    assert len(index.search("ru", vector, COUNT + 50)) == COUNT
    assert len(index.search("en", vector, 50)) == 2


def test_languages_are_apart(index):
    assert index.ids("en") == {"p0", "x"}
    assert index.ids("ru") == set(ALL)


def test_what_is_struck_out_is_struck_out_on_both_sides_and_found_no_more(small):
    small.remove([f"s{n}" for n in range(10)] + ["no such"])
    assert small.ids("ru") == {f"s{n}" for n in range(10, 40)}
    assert small.ids("en") == {f"s{n}" for n in range(10, 20)}
    for language in ("ru", "en"):
        for vector in directions(5, 12):
            assert set(ids(small.search(language, vector, 40))) == small.ids(language)


def test_a_passage_entered_again_is_replaced(small):
    (vector,) = directions(1, 13)
    small.add("ru", ["s3"], vector.reshape(1, -1))
    assert len(small.ids("ru")) == 40
    assert small.search("ru", vector, 1) == [("s3", pytest.approx(1, abs=1e-5))]


def test_what_was_written_is_there_when_opened_again(tmp_path):
    writer = VectorIndex.create(tmp_path / "v")
    writer.add("ru", ["a"], directions(1, 1))
    writer.close()
    for _ in range(2):
        reader = VectorIndex(tmp_path / "v")
        assert reader.ids("ru") == {"a"}
        reader.close()


def test_an_empty_index_finds_nothing(tmp_path):
    index = VectorIndex.create(tmp_path / "v")
    assert index.search("ru", directions(1, 1)[0], 5) == []
    assert index.ids("en") == set()
    index.close()


class TestDamage:
    def test_a_lost_collection_is_damage(self, tmp_path):
        VectorIndex(tmp_path / "v").close()  # Chroma makes an empty folder of its own
        index = VectorIndex(tmp_path / "v")
        with pytest.raises(
            IndexDamagedError, match="the vectors at .* cannot be used: .*; rebuild them with: delo check"
        ):
            index.ids("ru")
        index.close()

    def test_a_database_that_is_none_is_damage_and_the_path_can_be_used_again(self, tmp_path):
        (tmp_path / "v").mkdir()
        (tmp_path / "v" / "chroma.sqlite3").write_bytes(b"no database " * 1000)
        with pytest.raises(IndexDamagedError, match="the vectors at"):
            VectorIndex(tmp_path / "v")
        (tmp_path / "v" / "chroma.sqlite3").unlink()
        index = VectorIndex.create(tmp_path / "v")
        assert index.ids("ru") == set()
        index.close()
