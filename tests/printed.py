"""References printed in every way that the rules of the grammar name, each with the value that was printed."""

from hypothesis import strategies as st

ARCHIVES = {
    "APRF": (
        *("APRF", "AP RF", "АПРФ", "АП РФ", "Presidential Archive of the Russian Federation"),
        *("Архив Президента Российской Федерации (АП РФ)", "Архив Президента РФ"),
    ),
    "AVPRF": ("AVPRF", "AVP RF", "АВПРФ", "АВП РФ", "Foreign Policy Archive of the Russian Federation"),
    "RGASPI": ("RGASPI", "РГАСПИ", "Russian State Archive of Socio-Political History"),
    "RGANI": ("RGANI", "РГАНИ"),
    "GARF": ("GARF", "GA RF", "ГАРФ", "State Archive of the Russian Federation"),
    "TsKhSD": ("TsKhSD", "ЦХСД"),
}
LABELS = {
    "fond": ("f.", "F.", "f", "Fond", "fond", "ф.", "Ф.", "Фонд", "фонд №", "F. No."),
    "opis": ("op.", "Op.", "op", "Opis", "Opis'", "Opis’", "inventory", "оп.", "Оп.", "опись"),
    "papka": ("papka", "Papka", "pap.", "folder", "п.", "П.", "папка", "Картон"),
    "delo": ("d.", "D.", "d", "Delo", "delo", "file", "д.", "Д.", "дело", "ед. хр.", "Ед.хр.", "Ед. хр. №"),
    "leaves": (
        *("l.", "ll.", "L.", "Ll.", "list", "List", "listy", "Listy", "sheets", "folios"),
        *("л.", "лл.", "Л.", "Лл.", "лист", "листы"),
    ),
}
VERSOS = ("ob", "ob.", " ob.", "об", "об.", " об.", "-rev", " verso", "v", " (об.)")
DASHES = ("-", "–", "—", "‒", " - ", " – ")
ORDERS = (
    ("fond", "opis", "papka", "delo", "leaves"),
    ("fond", "opis", "delo", "papka", "leaves"),
    ("fond", "papka", "opis", "delo", "leaves"),
    ("leaves", "delo", "papka", "opis", "fond"),
    ("opis", "fond", "delo", "leaves", "papka"),
)

_small = st.integers(1, 999)
_suffix = st.sampled_from(["", "", "", "a", "б"])
_number = st.builds(lambda n, suffix: f"{n}{suffix}", st.integers(1, 99_999), _suffix)


def _padded(draw, number):
    return "0" * draw(st.sampled_from([0, 0, 0, 1, 2])) + number


@st.composite
def _leaf(draw, number, *, verso):
    return _padded(draw, str(number)) + (draw(st.sampled_from(VERSOS)) if verso else "")


@st.composite
def printed_leaves(draw):
    """Leaves as (first, last) pairs, plainly written, and the same as printed."""
    count = draw(st.integers(0, 6))
    numbers = sorted(draw(st.sets(_small, min_size=count, max_size=count)))
    plain, printed = [], []
    while numbers:
        first, verso = numbers.pop(0), draw(st.booleans()) and draw(st.booleans())
        text, name = draw(_leaf(first, verso=verso)), f"{first}{'v' * verso}"
        if numbers and draw(st.booleans()):
            last, last_verso = numbers.pop(0), draw(st.booleans()) and draw(st.booleans())
            end = draw(_leaf(last, verso=last_verso))
            common = len(str(first)) == len(str(last)) and str(first)[0] == str(last)[0]
            if common and not last_verso and draw(st.booleans()):
                end = str(last)[1:]  # 474–82, 106–07
            text += draw(st.sampled_from(DASHES)) + end
            plain.append((name, f"{last}{'v' * last_verso}"))
        else:
            plain.append((name, name))
        printed.append(text)
    comma = draw(st.sampled_from([", ", ","]))
    last = draw(st.sampled_from([", ", " and ", ", and ", " и "]))
    joined = comma.join(printed[:-1]) + (last if len(printed) > 1 else "") + "".join(printed[-1:])
    return tuple(plain), joined


@st.composite
def printed_references(draw, *, name_first=False):
    """A reference as printed, and its archive's acronym, fond, opis, papka, delo, and leaves plainly written."""
    archive = draw(st.sampled_from(sorted(ARCHIVES)))
    value = {"fond": draw(_number), "opis": draw(_number), "delo": draw(_number)}
    if draw(st.booleans()):
        value["papka"] = draw(_number)
    leaves, leaves_text = draw(printed_leaves())
    texts = {name: _padded(draw, number) for name, number in value.items()}
    texts |= {"delo": draw(st.sampled_from(["{}", "{}", "[{}]"])).format(texts["delo"])}
    texts |= {"leaves": leaves_text} if leaves else {}
    order = [name for name in draw(st.sampled_from(ORDERS)) if name in texts]
    parts = [_labelled(draw, name, texts[name], _more(archive, order, name, leaves)) for name in order]
    between = draw(st.sampled_from([", ", ". ", " ", ","]))
    name = draw(st.sampled_from(ARCHIVES[archive]))
    where = between.join(parts)
    forms = ["{0}, {1}", "{0}. {1}", "{0} {1}", "{0}: {1}"] + ([] if name_first else ["{1} ({0})", "{0} ({1})"])
    text = draw(st.sampled_from(forms))
    return text.format(name, where), {"holder": archive, "papka": None, **value, "leaves": leaves}


def _more(archive, order, name, leaves):
    """Labels that mean this part only in such a reference."""
    foreign, after_delo = archive == "AVPRF", "delo" in order[: order.index(name)]
    single = len(leaves) == 1 and leaves[0][0] == leaves[0][1]
    if name == "papka" and foreign and not after_delo:
        return ("p.", "P.")
    if name == "leaves" and after_delo and not foreign:
        return ("pp.", "p.") if single else ("pp.",)
    return ()


def _labelled(draw, name, text, more):
    label = draw(st.sampled_from((*LABELS[name], *more * 4)))
    return label + (draw(st.sampled_from([" ", ""])) if label.endswith(".") else " ") + text
