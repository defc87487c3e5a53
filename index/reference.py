"""Archival references: `APRF, f. 3, op. 65, d. 776, ll. 30-32` and its kin, read from a citation line.

Russian, transliterated and English labels are known, in any order. What stands in the print is kept as
printed; what cannot be read is None, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterator

from index.document import ArchivalReference

_LABELS = {  # in this order: a longer label before the letter it begins with
    "delo": r"delo|дело|ед\.?\s*хр|d|д",
    "papka": r"papka|папка|pap|p|п",
    "fond": r"fond|фонд|f|ф",
    "opis": r"opis['’ʹ]?|опись|op|оп|o",
    "leaves": r"listy|list|листы|лист|ll|лл|pp|l|л",
}
_NUMBER = r"\[?[№]?\s*(?:[RРAА]-)?\d+\w*\]?"
_LEAF = r"\d+\s*(?:-?(?:об|ob|rev)\.?)?"
_LEAVES = rf"{_LEAF}(?:\s*[-‐–—]\s*{_LEAF})?(?:\s*,\s*{_LEAF}(?:\s*[-‐–—]\s*{_LEAF})?(?!\w))*"
_PARTS = {
    part: re.compile(
        rf"(?<![^\W_])(?:{label})\b\.?\s*(?P<value>{_LEAVES if part == 'leaves' else _NUMBER})",
        re.IGNORECASE,
    )
    for part, label in _LABELS.items()
}
_ANY_LABEL = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(_LABELS.values())})\b\.?\s*(?=\[?№?\s*(?:[RРAА]-)?\d)",
    re.IGNORECASE,
)
_JOINER = re.compile(r"\s*;\s*(?:and\s+|и\s+)?|\s*,?\s+(?:and|и)\s+", re.IGNORECASE)
_ARCHIVE = re.compile(r"[A-ZА-ЯЁ][\wА-Яа-яЁё-]*[A-ZА-ЯЁ]\w*|.*\b(?:Archive|Архив)\b")
_CREDIT = re.compile(
    r"[.,;]?\s+(?:(?:Obtained|Translated|Contributed|Compiled|Published|Reprinted|Provided)\b).*",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(r"(\b(?:delo|дело|d|д)\b\.?\s*[^\s,]+,\s*)p(?=\.\s*\d)", re.IGNORECASE)
_DASH = re.compile(r"\s*[-‐–—]\s*(?=\d)")


def parse_references(source: str) -> tuple[ArchivalReference, ...]:
    """Every archival reference of a citation's source part, in the order printed.

    Credits ("Translated by ...") are left out. A source without any label gives one reference that has
    only its text and, where it begins with one, its archive.
    """
    plain = _CREDIT.sub("", " ".join(source.split())).strip(" .,;")
    return tuple(_reference(piece) for piece in _pieces(plain) if piece)


def archive_key(name: str) -> str:
    """A form in which spellings of one archive's short name agree: АВП РФ, AVP RF and AVPRF."""
    latin = "".join(_LATIN.get(c, c) for c in unicodedata.normalize("NFKC", name).upper())
    return "".join(c for c in latin if c.isalnum())


_LATIN = dict(zip("АБВГДЕЗИКЛМНОПРСТУФ", "ABVGDEZIKLMNOPRSTUF", strict=True)) | {
    "Ж": "ZH", "Й": "I", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH", "Э": "E", "Ю": "IU", "Я": "IA",
}  # fmt: skip


def _pieces(source: str) -> Iterator[str]:
    """`source` cut where a joiner is followed by an archive's name; other joiners belong to a piece."""
    start = 0
    for joiner in _JOINER.finditer(source):
        if _ARCHIVE.match(source[joiner.end() :].split(",", maxsplit=1)[0]):
            yield source[start : joiner.start()].strip(" .,;")
            start = joiner.end()
    yield source[start:].strip(" .,;")


def _reference(piece: str) -> ArchivalReference:
    label = _ANY_LABEL.search(piece)
    archive = (piece[: label.start()] if label else piece.split(",", maxsplit=1)[0]).strip(" .,:;")
    plain = piece if archive_key(archive).startswith("AVP") else _PAGE.sub(r"\1pp", piece)  # there, p. is the papka
    found = {part: match["value"].strip(" []№") for part, form in _PARTS.items() if (match := form.search(plain))}
    return ArchivalReference(
        text=piece,
        archive=archive if _ARCHIVE.match(archive) else None,
        fond=found.get("fond"),
        opis=found.get("opis"),
        delo=found.get("delo"),
        papka=found.get("papka"),
        leaves=_leaves(found.get("leaves", "")),
    )


def _leaves(printed: str) -> tuple[tuple[str, str], ...]:
    ranges = (_DASH.split(part.strip()) for part in printed.split(",") if part.strip())
    return tuple((ends[0].strip(), ends[-1].strip()) for ends in ranges)
