"""What follows a reference without being part of it: credits, publications, remarks."""

import re

_VERBS = (
    "Obtained|Translated|Translation|Contributed|Compiled|Published|Reprinted|Provided|Transcribed|Donated|"
    "Printed|Reproduced|Accessed|Available|Declassified|"
    "Опубликован[оаы]?|Опубл|Публикуется|Перевод|Переведено|Подлинник|Машинопись|Заверенная копия"
)
_CREDIT = re.compile(
    rf"(?:^|[.,;]?\s+|\()(?:{_VERBS}|(?:First|Originally)\s+published|See(?:\s+also)?\s+(?:note|above|below|p|footnote))\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^[(\[]?\s*(?:(?:Source|Источник)\s*:|(?:(?:as )?(?:cited|quoted)|see) in\b|цит\.? по:?)\s*", re.IGNORECASE
)
_ADDRESS = re.compile(r"<?https?://[^\s<>]+>?")


def split_credits(source: str) -> tuple[str, str]:
    """`source` up to its first credit, and the rest."""
    credit = _CREDIT.search(source)
    at = credit.start() if credit else len(source)
    return source[:at], source[at:].lstrip(" .,;(")


def without_lead(source: str) -> str:
    """`source` without words such as "Source:" or "Cited in" at its beginning."""
    return _LEAD.sub("", source)


def without_credits(source: str) -> str:
    """`source` without addresses, credits, and words that lead in."""
    return split_credits(_ADDRESS.sub(" ", without_lead(source)))[0].rstrip()
