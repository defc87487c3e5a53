"""The labels of an archival reference's parts, by their romanised form: ф., Ф., f., F. and Fond are one."""

from collections.abc import Sequence

from index.tokens import Token

LABELS = {
    **dict.fromkeys(("f", "fond", "fonds"), "fond"),
    **dict.fromkeys(("op", "opis", "opys", "inventory", "listing", "o"), "opis"),
    **dict.fromkeys(("d", "dd", "delo", "dela", "spr", "sprava", "file"), "delo"),
    **dict.fromkeys(("papka", "pap", "karton", "folder", "box"), "papka"),
    **dict.fromkeys(("l", "ll", "list", "listy", "lists", "sheet", "sheets", "folio", "folios", "fol"), "leaves"),
    **dict.fromkeys(("bl", "blatt", "ss", "ark", "arkush", "arkushi"), "leaves"),
    **dict.fromkeys(("p", "pp", "s", "str", "page", "pages", "k"), "page"),  # a papka or leaves, by what is beside it
    **dict.fromkeys(("por", "portfel", "poriadok", "poryadok"), "por"),  # a papka, unless one is given beside it
    **dict.fromkeys(("per", "perechen"), "per"),
    "dok": "dok",
    **dict.fromkeys(("te", "tetr", "tetrad"), "tetrad"),
    **dict.fromkeys(("prot", "protokol", "protocol"), "protocol"),
}
_LONG_LABELS = {("ed", "khr"): "delo", ("edinitsa", "khraneniia"): "delo", ("a", "e"): "delo"}
_LONG_LABELS |= {("l", "d"): "leaves", ("ll", "d"): "leaves"}  # листы дела


def label_at(text: Sequence[Token], at: int) -> tuple[str, int]:
    """The part that a label at token `at` names, "" if none stands there, and the token after the label's words."""
    word = _word(text, at)
    for words, name in _LONG_LABELS.items():
        if word == words[0]:
            second = at + 1 + _dot(text, at + 1)
            close = second == at + 1 or text[at + 1].glued
            if _word(text, second) == words[1] and close and (len(words[1]) > 1 or text[second].glued):
                return name, second + 1
    return LABELS.get(word, ""), at + 1


def _word(text: Sequence[Token], at: int) -> str:
    return text[at].plain if at < len(text) and text[at].kind == "word" else ""


def _dot(text: Sequence[Token], at: int) -> bool:
    return at < len(text) and text[at].text == "."
