"""A checker of a few lines, for tests of all that surrounds a checker: words and numbers, in one language."""

import re

from eval.support import Flag, Support
from eval.worth import content_words
from index.document import Span
from index.wording import Wording

_STEM = 5  # letters


class SimpleChecker:
    """Supported if most words of a claim stand in one text; a number that stands in none of them is flagged."""

    name = "simple"

    def __init__(self):
        self.asked = []

    def score(self, claim, sources):
        self.asked.append((claim, tuple(sources)))
        held = [{key[:_STEM] for key in Wording.of(text).keys} for text in sources]
        words = [word[:_STEM] for word in content_words(claim)]
        shares = [sum(word in text for word in words) / len(words) for text in held] or [0.0]
        best = max(range(len(shares)), key=shares.__getitem__)
        flags = tuple(
            Flag(kind="number", words=match[0], span=Span(*match.span()), reason=f"{match[0]} is in no source")
            for match in re.finditer(r"\d+", claim)
            if not any(match[0] in text for text in held)
        )
        verdict = "unsupported" if flags or shares[best] < 0.5 else "supported" if shares[best] >= 0.6 else "undecided"
        evidence = (best, Span(0, len(sources[best])))
        return Support(
            verdict=verdict, score=shares[best], reason="by words", by="simple", flags=flags, evidence=evidence
        )
