"""Citations: their form, their levels, and whether they are the right ones."""

import pytest

from eval.metrics import attribution, citation
from eval.metrics.units import Unit, cited_units, spread
from tests.eval.metrics.made import case, citation_record, cite, evidence, judgement, record, sentence, support


def told(*citations):
    return citation.scores(judgement(sentence("supported", *citations)))


def against(asked, *citations, cited=(), twins=None):
    return attribution.scores(asked, judgement(sentence("supported", *citations)), cited, twins or {})


GOLD = case(evidence=(evidence("d1"), evidence("d2")))


def test_each_level_is_counted_where_the_archive_has_it():
    found = told(
        cite(levels={"archive": True, "fond": True, "papka": True}),
        cite(levels={"archive": True, "fond": False}),
    )
    assert (found["level_archive"].value, found["level_fond"].value) == (1, 0.5)
    assert (found["level_papka"].hits, found["level_papka"].total) == (1, 1)


def test_leaves_that_a_document_has_not_are_not_applicable_and_never_right():
    found = told(cite(levels={"archive": True}))
    for name in ("level_leaf", "exact_leaf", "leaf_iou", "overbroad", "twin_ok"):
        assert found[name].value is None, name


def test_exact_leaf_and_overlap_are_means_of_what_is_known():
    found = told(cite(exact_leaf=True, overlap=0.5), cite(exact_leaf=False, overlap=0.0), cite())
    assert (found["exact_leaf"].value, found["leaf_iou"].value) == (0.5, 0.25)


def test_a_range_of_five_leaves_for_one_is_overbroad_though_right():
    found = told(cite(exact_leaf=True, cited=5, needed=1))
    assert (found["exact_leaf"].value, found["overbroad"].value) == (1, 5)


def test_a_citation_of_the_translation_for_words_of_the_original_is_told():
    assert told(cite(twin=False), cite(twin=True))["twin_ok"].value == 0.5


def test_what_cannot_be_resolved_or_read_is_counted():
    found = told(cite(), cite(resolvable=False, sources=()))
    assert (found["resolvable"].value, found["format_valid"].value) == (0.5, 1)


def test_gold_precision_and_recall_by_hand():
    found = against(GOLD, cite(sources=("d1",)), cite(sources=("d9",)), cite(sources=("d1",)))
    assert (found["cite_p_gold"].value, found["cite_r_gold"].value) == (1 / 2, 1 / 2)


def test_a_citation_that_names_nothing_held_has_precision_0():
    found = against(GOLD, cite(resolvable=False, sources=()), cite(sources=("d1",)))
    assert found["cite_p_gold"].value == 1 / 2


def test_a_shelf_mark_of_two_documents_is_right_by_either():
    assert against(GOLD, cite(sources=("d7", "d1")))["cite_p_gold"].value == 1


def test_a_citation_of_the_translation_counts_for_its_original():
    asked = case(evidence=(evidence("d1/ru", ("31",)),))
    twins = {"d1/ru": "d1", "d1/en": "d1"}
    found = against(asked, cite(sources=("d1/en",)), cited=[Unit("d1/en", "31")], twins=twins)
    assert {found[name].value for name in found if "_gold" in name} == {1}
    assert against(asked, cite(sources=("d1/en",)))["cite_p_gold"].value == 0


def test_without_gold_there_is_neither_precision_nor_recall():
    for asked in (case(), case(answerable=False)):
        found = against(asked, cite())
        assert {found[name].value for name in found if "_gold" in name} == {None}


def test_leaves_cited_and_leaves_known_are_compared_one_by_one():
    asked = case(evidence=(evidence("d1", ("31",)),))
    cited = cited_units(record(("It says:", [citation_record(leaves=(("30", "32"),))])))
    assert cited == {Unit("d1", "30"), Unit("d1", "31"), Unit("d1", "32")}
    found = against(asked, cite(), cited=cited)
    assert (found["cite_p_gold_leaf"].value, found["cite_r_gold_leaf"].value) == (1 / 3, 1)


def test_a_right_document_whose_leaves_are_not_known_is_left_out_below_its_level():
    asked = case(evidence=(evidence("d1", ("31",)), evidence("d2")))
    found = against(asked, cite(), cited=[Unit("d1", "31"), Unit("d2")])
    assert (found["cite_p_gold_leaf"].hits, found["cite_p_gold_leaf"].total) == (1, 1)
    assert against(case(evidence=(evidence("d1"),)), cite(), cited=[Unit("d1", "5")])["cite_p_gold_leaf"].value is None


def test_a_wrong_document_of_the_same_leaf_number_is_wrong():
    asked = case(evidence=(evidence("d1", ("31",)),))
    assert against(asked, cite(), cited=[Unit("d2", "31")])["cite_p_gold_leaf"].value == 0


RANGES = {
    "a range": ((("30", "32"),), ("30", "31", "32")),
    "a shortened end": ((("104", "6"),), ("104", "105", "106")),
    "a verso": ((("5", "5 об."),), ("5",)),
    "a letter": ((("5а", "5а"),), ("5а",)),
    "several": ((("1", "2"), ("4", "4")), ("1", "2", "4")),
    "no numbers": ((("x", "y"),), ("x", "y")),
    "padded": ((("0141", "0142"),), ("141", "142")),
}


@pytest.mark.parametrize(("leaves", "expected"), RANGES.values(), ids=RANGES)
def test_leaves_are_told_one_by_one(leaves, expected):
    assert spread(leaves) == expected


def test_a_range_of_any_length_is_bounded():
    assert len(spread((("1", "9" * 30),))) < 10_000


def test_document_without_leaves_is_a_unit_itself():
    assert cited_units(record(("x", [citation_record(leaves=())]))) == {Unit("d1")}
    assert cited_units(None) == frozenset()


def alce(*sentences):
    return {name: score.value for name, score in attribution.scores(case(), judgement(*sentences), (), {}).items()}


def test_alce_by_hand():
    """Supported with two citations, one of them irrelevant; undecided with one; unsupported with one; uncited."""
    found = alce(
        sentence("supported", cite(irrelevant=False), cite(irrelevant=True)),
        sentence("undecided", cite(irrelevant=None)),
        sentence("unsupported", cite(irrelevant=False)),
        sentence("supported"),
    )
    assert (found["alce_recall_lo"], found["alce_recall_hi"]) == (1 / 4, 2 / 4)
    assert (found["alce_precision_lo"], found["alce_precision_hi"]) == (1 / 4, 2 / 4)
    assert found["alce_undecided"] == 1 / 4


def test_an_uncited_sentence_has_recall_0_whatever_the_checker_says():
    assert alce(sentence("supported"))["alce_recall_hi"] == alce(sentence("undecided"))["alce_recall_hi"] == 0


def test_a_citation_of_nothing_held_has_precision_0_even_at_the_upper_bound():
    lost = cite(resolvable=False, sources=(), irrelevant=None)
    found = alce(sentence("supported", cite(irrelevant=False), lost))
    assert (found["alce_precision_lo"], found["alce_precision_hi"]) == (1 / 2, 1 / 2)
    assert alce(sentence("supported", lost))["alce_recall_hi"] == 0


def test_contradicted_is_not_borne_out():
    assert alce(sentence("contradicted", cite()))["alce_recall_hi"] == 0


def test_headings_and_remarks_are_not_counted():
    assert set(alce(sentence(worthy=False)).values()) == {None}


def test_five_citations_pass_recall_and_show_in_precision():
    spare = [cite(irrelevant=True) for _ in range(4)]
    found = alce(sentence("supported", cite(irrelevant=False), *spare))
    assert (found["alce_recall_lo"], found["alce_precision_lo"]) == (1, 1 / 5)


def test_what_only_other_sources_bear_out_is_not_recalled_and_its_citations_do_not_help():
    vain = cite(supports=support("unsupported"), irrelevant=False)
    for where in ("uncited", "archive"):
        found = alce(sentence("supported", vain, elsewhere=where))
        assert {name: value for name, value in found.items() if value} == {}


def test_what_is_cited_counts_at_the_upper_bound_where_it_was_left_open():
    found = alce(sentence("supported", cite(supports=support("undecided"), irrelevant=None), elsewhere="uncited"))
    assert (found["alce_recall_lo"], found["alce_recall_hi"], found["alce_undecided"]) == (0, 1, 1)
