"""Made-up archives are real ones to the reader: every record is taken, whole and bilingual."""

from eval.synthetic import write_archive, write_catalogue
from index.read import read
from index.store import Index
from rag.lookup import look_up


def test_every_record_is_read_without_a_remark(tmp_path):
    write_archive(tmp_path, 5)
    readings = [read(path, path.read_bytes(), "") for path in sorted(tmp_path.iterdir())]
    assert [reading.remarks for reading in readings] == [()] * 5
    assert [reading.document.id for reading in readings] == [str(500000 + n) for n in range(5)]


def test_a_record_has_the_form_of_the_sample(tmp_path):
    write_archive(tmp_path, 1)
    (path,) = tmp_path.iterdir()
    document = read(path, path.read_bytes(), "").document
    assert len(document.paragraphs("ru")) == 8
    assert len(document.paragraphs("en")) == 9  # one more, "Copies to ...", as in the sample
    assert document.references[0].archive == "AVP RF"
    assert document.texts["ru"].startswith("[...]")


def test_the_same_seed_writes_the_same_archive(tmp_path):
    assert write_archive(tmp_path / "one", 3) == write_archive(tmp_path / "two", 3)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_records_differ_from_each_other(tmp_path):
    write_archive(tmp_path, 20)
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 20


def test_a_catalogue_alone_can_be_looked_up(tmp_path):
    write_catalogue(tmp_path / "index", 30)
    with Index.open(tmp_path / "index") as opened:
        held = list(opened.catalogue.documents())
        assert len(held) == 30
        for document in held:
            found = look_up(opened.catalogue, document.references[0].text).found
            assert (document.id, "exact") in {(one.document_id, one.match) for one in found}
