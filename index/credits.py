"""What follows a reference without being part of it: credits, publications, remarks."""

import re

_VERBS = (
    "Obtained|Translated|Translation|Contributed|Compiled|Published|Reprinted|Provided|Transcribed|Donated|"
    "Printed|Reproduced|Quoted|Cited|Accessed|Available|Declassified|"
    "Опубликован[оаы]?|Опубл|Публикуется|Перевод|Переведено|Цит|Цитируется|Подлинник|Машинопись|Заверенная копия"
)
_CREDIT = re.compile(
    rf"(?:^|[.,;]?\s+|\()(?:{_VERBS}|(?:First|Originally)\s+published|See(?:\s+also)?\s+(?:note|above|below|p|footnote))\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<?https?://[^\s<>]+>?")


def split_credits(source: str) -> tuple[str, str]:
    """`source` up to its first credit, and the rest."""
    credit = _CREDIT.search(source)
    at = credit.start() if credit else len(source)
    return source[:at], source[at:].lstrip(" .,;(")


def without_credits(source: str) -> str:
    """`source` without addresses and credits."""
    return split_credits(_ADDRESS.sub(" ", source))[0].rstrip()
