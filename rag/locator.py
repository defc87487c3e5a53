"""Archival references in the words of a language: `APRF, f. 3, op. 65` and «АПРФ, ф. 3, оп. 65».

A reference is put into words from its parts only if they hold everything that is printed; otherwise it appears
as printed, in either language. Nothing is added to it and nothing left out.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from index.document import ArchivalReference, Language

_PARTS = ("fond", "opis", "papka", "delo")  # the order in which one holds the next
_LABELS: dict[Language, dict[str, str]] = {
    "en": {"fond": "f.", "opis": "op.", "papka": "papka", "delo": "d.", "leaf": "l.", "leaves": "ll."},
    "ru": {"fond": "ф.", "opis": "оп.", "papka": "п.", "delo": "д.", "leaf": "л.", "leaves": "л."},
}
_PRINTED_LABELS = frozenset(
    (
        *("f", "fond", "ф", "фонд", "o", "op", "opis", "оп", "опись", "p", "pap", "papka", "п", "папка"),
        *("d", "delo", "д", "дело", "ед", "хр", "l", "ll", "list", "listy", "л", "лл", "лист", "листы", "pp", "no"),
        *("ob", "об", "rev", "v"),
    )
)
_LATIN = {"Ц": "Ts", "Х": "Kh", "Ж": "Zh", "Ч": "Ch", "Ш": "Sh", "Щ": "Shch", "Ю": "Iu", "Я": "Ia", "Й": "I"} | dict(
    zip("АБВГДЕЁЗИКЛМНОПРСТУФЫЭ", "ABVGDEEZIKLMNOPRSTUFYE", strict=True)
)
_CYRILLIC = {"TS": "Ц", "KH": "Х", "ZH": "Ж", "CH": "Ч", "SH": "Ш", "IU": "Ю", "YU": "Ю", "IA": "Я", "YA": "Я"} | dict(
    zip("ABVGDEZIKLMNOPRSTUF", "АБВГДЭЗИКЛМНОПРСТУФ", strict=True)
)
_NUMBER_LETTERS = {"a": "а", "b": "б", "v": "в", "g": "г", "A": "А", "R": "Р"}  # 059a, A-513, R-1235; P may be either
_UNIT = re.compile(r"\bед\.?\s*хр\b", re.IGNORECASE)  # another name of the file, kept where it is printed
_VERSO = re.compile(r"(\d+)\s*[-‐–]?\s*(?:об|ob|rev|v)\.?", re.IGNORECASE)


def _key(name: str) -> str:
    """A form in which the spellings of one short name agree: АВП РФ, AVP RF and AVPRF."""
    latin = "".join(_LATIN.get(c, c) for c in unicodedata.normalize("NFKC", name).upper())
    return "".join(c for c in latin.upper() if c.isalnum())


# Archives of Russia and the Soviet Union whose short name can be written in Cyrillic from its Latin form alone.
_RUSSIAN = frozenset(
    _key(name)
    for name in (
        *("АПРФ", "АВПРФ", "АВП СССР", "ГАРФ", "РГАСПИ", "РГАНИ", "РГАЛИ", "РГАЭ", "РГВА", "РГАВМФ", "ЦАМО", "ЦАМО РФ"),
        *("ЦХСД", "РЦХИДНИ", "ЦПА ИМЛ", "ЦГАОР", "ЦГАИПД", "ЦА ФСБ", "ОР РГБ", "ОР РНБ"),
    )
)


def running(references: Sequence[ArchivalReference], language: Language) -> str:
    """References for a sentence: `APRF, f. 3, op. 65, d. 776, ll. 30–32; and ...`."""
    pieces = [", ".join(elements(reference, language)) for reference in references]
    last = "; and " if language == "en" else "; "
    return last.join(piece for piece in ("; ".join(pieces[:-1]), "".join(pieces[-1:])) if piece)


def dotted(references: Sequence[ArchivalReference], language: Language) -> str:
    """References as GOST has them: `APRF. F. 3. Op. 65. D. 776. L. 30–32; ...`; what repeats is not repeated."""
    pieces, before = [], list[str]()
    for reference in references:
        own = [_gost(element) for element in elements(reference, language)]
        same = next((n for n, pair in enumerate(zip(own, before, strict=False)) if pair[0] != pair[1]), len(before))
        pieces.append(". ".join(own[min(same, len(own) - 1) :]))
        before = own
    return "; ".join(pieces)


def elements(reference: ArchivalReference, language: Language) -> list[str]:
    """The parts of a reference in words, the widest first; or the reference as printed, alone."""
    printed = reference.text.strip().rstrip(" .,;") or reference.text.strip()
    if not _says_all(reference, printed):
        return [printed]
    labels = _LABELS[language] | ({"delo": "ед. хр."} if language == "ru" and _UNIT.search(printed) else {})
    found = [] if reference.archive is None else [_archive(reference.archive, language)]
    russian = reference.archive is None or is_russian(reference.archive)
    numbers = ((labels[part], getattr(reference, part)) for part in _PARTS)
    found += [f"{label} {_number(value, language, russian=russian)}" for label, value in numbers if value]
    if leaves := list(_leaves(reference, language)):
        plural = len(leaves) > 1 or "–" in leaves[0]
        found.append(f"{labels['leaves' if plural else 'leaf']} {', '.join(leaves)}")
    return found


def is_russian(archive: str) -> bool:
    """Whether an archive's name is known, or seen by its letters, to be Russian."""
    return _key(archive) in _RUSSIAN or any("Ѐ" <= c <= "ӿ" for c in archive)


def _gost(element: str) -> str:
    """An element of a GOST reference: it begins with a capital, its full stop is added by the next; one leaf label."""
    plain = re.sub(r"^ll?\. (?=\d)", "l. ", element).rstrip(" .")
    return plain[:1].upper() + plain[1:]


def _says_all(reference: ArchivalReference, printed: str) -> bool:
    """Whether the parts that were read hold every number and every word of the print."""
    values = [value for part in _PARTS if (value := getattr(reference, part))]
    if not values:
        return False
    leaves = [end for first, last in reference.leaves for end in ((first,) if first == last else (first, last))]
    held = " ".join((*values, *leaves))
    known = _PRINTED_LABELS | {word.casefold() for word in _words(held)}
    shown, named = (
        "".join(word for word in _words(text) if word.casefold() not in known)
        for text in (printed, reference.archive or "")
    )
    return _key(shown) == _key(named) and _same_numbers(printed, " ".join((held, reference.archive or "")))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _same_numbers(printed: str, held: str) -> bool:
    """Whether two texts have the same numbers; `474–82` may be held as 474 and 482, `0141` as 141."""
    left = [number.lstrip("0") for number in re.findall(r"\d+", held)]
    short = []
    for number in (number.lstrip("0") for number in re.findall(r"\d+", printed)):
        if number in left:
            left.remove(number)
        else:
            short.append(number)
    return len(short) == len(left) and all(
        any(full.endswith(number) for full in left) and re.search(rf"\d\s*[-‐–—]\s*0*{number}\b", printed)
        for number in short
    )


def _archive(name: str, language: Language) -> str:
    """A short name in the letters of the language; a long one, or one of another country, as printed."""
    plain = " ".join(name.split())
    if language == "en" and re.fullmatch(r"[А-ЯЁ]+(?:\s[А-ЯЁ]+)*", plain):
        return "".join(_LATIN.get(c, c) for c in plain)
    if language == "ru" and _key(plain) in _RUSSIAN:
        return re.sub("|".join(_CYRILLIC), lambda match: _CYRILLIC[match[0].upper()], plain, flags=re.IGNORECASE)
    return plain


def _number(value: str, language: Language, *, russian: bool) -> str:
    """A number with its letters, as 059a or Р-1235, in the letters of the language."""
    if language == "ru":
        return "".join(_NUMBER_LETTERS.get(c, c) for c in value) if russian else value
    latin = {c: _LATIN[c.upper()] if c.isupper() else _LATIN[c.upper()].lower() for c in value if c.upper() in _LATIN}
    return "".join(latin.get(c, c) for c in value)


def _leaves(reference: ArchivalReference, language: Language) -> Iterator[str]:
    verso = r"\1ob." if language == "en" else r"\1 об."
    for ends in reference.leaves:
        first, last = (_VERSO.sub(verso, end) for end in ends)
        yield first if first == last else f"{first}–{last}"
