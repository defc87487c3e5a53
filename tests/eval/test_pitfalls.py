"""What misleads checkers of support, each pitfall by its name: figures in other forms, dates, names, inflection."""

import pytest

from eval.rules import RuleChecker

PLANT = (
    "During the 1950s the plant built twelve new workshops and paid 3.5 percent of its income. From 1950 to 1953 the "
    "director of the plant was Petrov. It owned 1,250,000 bricks. Near the plant lived 200-300 workers and their "
    "families."
)
SHIPS = "The first ship carried 100 tons of wheat to the port. The second ship carried 200 tons of wheat to the port."
TUGS = "Ten of the twelve tugs were repaired by the harbour workshop. Eight barges sank in the storm."
MEETING = "On 12 August 1949 the ambassador met the minister in the capital. Nobody spoke about the border railway."
CHECKER = RuleChecker()


def told(claim, source):
    return CHECKER.score(claim, [source])


def flags(claim, source):
    return [(flag.kind, flag.words, flag.instead) for flag in told(claim, source).flags]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        pytest.param("During the 1950s the plant built 12 new workshops.", PLANT, id="number words"),
        pytest.param("The director of the plant from 1950–1953 was Petrov.", PLANT, id="range of years"),
        pytest.param("Near the plant lived 200 to 300 workers and their families.", PLANT, id="range of numbers"),
        pytest.param("It owned 1 250 000 bricks near the plant.", PLANT, id="thousands by spaces"),
        pytest.param("It owned 1.25 million bricks near the plant.", PLANT, id="millions"),
        pytest.param("The plant paid 3.5% of its income.", PLANT, id="per cent"),
        pytest.param(
            "Завод выплатил 3,5 процента дохода.", "Завод выплатил 3.5% дохода. Ещё построен цех.", id="comma"
        ),
        pytest.param("The plant built 12 workshops [3, 14].", PLANT, id="numbers of citations"),
        pytest.param("The plant built 12 workshops (APRF, f. 3, op. 65, d. 830, ll. 87-98).", PLANT, id="leaves"),
        pytest.param("On 12 August the ambassador met the minister in the capital.", MEETING, id="no year"),
    ],
)
def test_the_same_figures_in_another_form_are_not_flagged(claim, source):
    assert flags(claim, source) == []


@pytest.mark.parametrize(
    ("claim", "source", "instead"),
    [
        pytest.param("During the 1960s the plant built twelve new workshops.", PLANT, "1950s", id="another decade"),
        pytest.param(
            "In 1953 the plant built new workshops.", "During the 1950s the plant built new workshops.", "1950s"
        ),
        pytest.param("From 1950 to 1954 the director of the plant was Petrov.", PLANT, "1953", id="end of a range"),
        pytest.param(
            "Завод выплатил 35 процентов дохода.", "Завод выплатил 3,5 процента дохода. Построен цех.", "3,5 процента"
        ),
        pytest.param("On 13 August the ambassador met the minister in the capital.", MEETING, "12 August 1949"),
        pytest.param("On 12 August 1950 the ambassador met the minister in the capital.", MEETING, "12 August 1949"),
        pytest.param(
            "Ten of the eight tugs were repaired by the harbour workshop.", TUGS, "twelve", id="stands nearby"
        ),
        pytest.param("Twelve of the twelve tugs were repaired by the harbour workshop.", TUGS, "Ten", id="said twice"),
    ],
)
def test_another_figure_in_the_place_of_one_is_told_though_it_stands_elsewhere(claim, source, instead):
    assert told(claim, source).verdict == "contradicted"
    assert [flag[2] for flag in flags(claim, source)] == [instead]


def test_a_figure_said_as_often_as_the_source_says_it_is_not_exchanged():
    assert told("Ten of the twelve tugs were repaired by the harbour workshop.", TUGS).verdict == "supported"
    doubled = "Ten tugs of the north and ten tugs of the south were repaired by the workshop. Nobody was hurt."
    assert told("Ten tugs of the north and ten tugs of the south were repaired.", doubled).flags == ()
    assert told("Ten tugs of the south were repaired by the workshop.", doubled).flags == ()


def test_days_in_the_old_and_the_new_style_are_not_one_date_and_the_reason_says_so():
    old = "The congress opened in the capital on 25 October 1917. The railway stood still."
    found = told("The congress opened in the capital on 7 November 1917.", old)
    assert found.verdict == "contradicted"
    assert "Old and the New Style" in found.reason
    assert "Style" not in told("The congress opened in the capital on 8 November 1917.", old).reason


def test_no_style_is_guessed_after_russia_changed_hers():
    new = "The congress opened in the capital on 25 October 1949. The railway stood still."
    assert "Style" not in told("The congress opened in the capital on 7 November 1949.", new).reason


def test_a_derived_value_is_flagged_though_it_may_be_right():
    assert ("number", "300", "200") in flags("The two ships carried 300 tons of wheat to the port.", SHIPS)


def test_a_pronoun_for_a_name_does_not_count_against_a_sentence():
    source = "The ambassador on 12 August 1949 met the minister in the capital. Nobody spoke about the railway."
    assert told("He met the minister in the capital on 12 August 1949.", source).verdict == "supported"


@pytest.mark.parametrize("title", ["Minister", "Comrade", "Mr", "General"])
def test_a_title_is_no_name(title):
    source = "Petrov signed the treaty of trade in the capital. Nobody objected."
    assert flags(f"Then {title} Petrov signed the treaty of trade in the capital.", source) == []


def test_a_name_of_the_question_that_the_source_has_not_decides_nothing_alone():
    found = told("In Moscow the ambassador met the minister in the capital on 12 August 1949.", MEETING)
    assert [flag.words for flag in found.flags] == ["Moscow"]
    assert found.verdict == "undecided"


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Самолет перевез елки в Орел.", "Самолёт перевёз ёлки в Орёл. Больше ничего не было."),
        ("Инженер осмотрел новую турбину станций.", "Инженеры осмотрели новые турбины станции. Больше ничего."),
    ],
)
def test_letters_with_dots_and_inflection_do_not_count_against_a_sentence(claim, source):
    assert told(claim, source).score == 1
    assert told(claim, source).verdict == "supported"
