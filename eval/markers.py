"""What stands in a sentence of an answer and is no part of what it says: citations, list numbers, marks of emphasis.

The numbers in them are not claimed: a leaf or a footnote is not a figure that the source should have.
"""

import re

_LEVEL = r"(?:ф|оп|п|д|лл?|f|op|p|d|ll?|fond|opis|delo|papka|фонд|опись|дело|папка|листы?|leaf|leaves)\.?"
_NUMBER = r"\d+\w?(?:\s?(?:[-–—]|об\.?)\s?\d*)?"
_REFERENCE = (
    rf"(?:[A-ZА-ЯЁ][\w\s.]{{1,40}},\s*)?\b(?:ф|f|fond|фонд)\.?\s?{_NUMBER}(?:,?\s*{_LEVEL}\s?{_NUMBER}(?:,\s*\d+)*)+"
)
_LEAVES = rf"\(\s*(?:лл?|ll?|leaf|leaves|листы?)\.?\s?{_NUMBER}(?:,\s*{_NUMBER})*\s*\)"
_MARKERS = re.compile(
    rf"\(?{_REFERENCE}\)?|{_LEAVES}|\[\d+(?:\s?[,;–-]\s?\d+)*\]|^\s*(?:\(?\d{{1,2}}[.)]|[-•*])\s+"
    r"|\b(?:context|source|passage|document|reference|источник\w*|документ\w*)s?\s\d{1,2}(?:\s?(?:,|and|и)\s?\d{1,2})*\b"
    r"|\*\*|__|https?://\S+",
    re.MULTILINE,
)


def without_markers(sentence: str) -> str:
    """`sentence` with what is not said in it blotted out by spaces, all places kept."""
    return _MARKERS.sub(lambda match: " " * len(match[0]), sentence)
