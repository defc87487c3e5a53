"""What readers say of answers, kept as a question set that runs like any other: `readers/questions.jsonl`.

A line has the members of a question (`eval/cases.py`) and four more: `verdict`, what its reader said; `note`, the same
in words; `reader`, who it was, if that is known; `kept`, when. An answer that was right gives its quotations as
evidence. Of one that was wrong only that is kept which its reader knows: whether the archive answers the question.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from eval.cases import Evidence
from eval.errors import CaseError, told
from eval.provenance import now
from index.document import LANGUAGES, Language
from index.generations import alone, storage
from index.whole import write_whole
from rag.question import MOST_CHARS

FOLDER, QUESTIONS = "readers", "questions.jsonl"
MOST = 10_000  # cases; rewriting so many takes a fraction of a second
MOST_QUOTED = 50  # quotations of one answer; the longest have a dozen
MOST_WORDS = 20_000  # characters of one quotation; a longer one is a document

VERDICTS: Mapping[str, tuple[bool, str]] = {
    "right": (True, "the answer was right"),
    "rightly refused": (False, "it was rightly said that the archive does not answer it"),
    "otherwise": (True, "the answer was wrong: the archive answers it otherwise"),
    "unanswerable": (False, "the answer was wrong: the archive does not answer it"),
    "answerable": (True, "it was wrongly said that the archive does not answer it"),
    "beside": (True, "a quotation of the answer was beside the point"),
}
"""What a reader may say of an answer: whether the archive then answers the question, and the note that is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A case as it stands in the set: what was asked, what its reader said, who that was ("" if unknown), and when."""

    id: str
    question: str
    language: str
    verdict: str
    note: str
    reader: str
    time: str  # ISO 8601, UTC
    documents: tuple[str, ...]


def questions_file(runs: Path) -> Path:
    """Where the set lies, in the folder of runs."""
    return runs / FOLDER / QUESTIONS


def case_id(question: str, language: Language) -> str:
    """The id of a question, the same whenever it is asked."""
    plain = " ".join(question.casefold().split())
    return f"readers-{hashlib.sha256(f'{language} {plain}'.encode()).hexdigest()[:16]}"


def keep(
    runs: Path, question: str, language: Language, verdict: str, quoted: Sequence[Evidence], *, reader: str = ""
) -> str:
    """Keep what `reader` said of the answer to `question`, in place of what was said of it before; gives its id.

    `quoted` is what the answer quoted; of an answer that was wrong it is not kept.

    Raises: CaseError if it is no such verdict, or too much; StorageError if the disk refuses.
    """
    line = _line(question, language, verdict, quoted, reader)
    path = questions_file(runs)
    with alone(path.with_suffix(".lock")):
        lines = {id_: text for id_, text in _lines(path) if id_ != line["id"]}
        if len(lines) >= MOST:
            raise CaseError(f"{MOST} judgements are kept already; remove some that are no longer wanted")
        _write(path, [*lines.values(), json.dumps(line, ensure_ascii=False)])
    return str(line["id"])


def remove(runs: Path, id_: str) -> bool:
    """Take a case away; whether there was one.

    Raises: CaseError if the set is damaged; StorageError if the disk refuses.
    """
    path = questions_file(runs)
    if not path.is_file():
        return False
    with alone(path.with_suffix(".lock")):
        lines = dict(_lines(path))
        if lines.pop(id_, None) is None:
            return False
        _write(path, [*lines.values()])
    return True


def kept(runs: Path) -> list[Kept]:
    """All that is kept, the newest first.

    Raises: CaseError naming the line that is not of this form; StorageError.
    """
    path = questions_file(runs)
    return [_kept(json.loads(text), id_) for id_, text in reversed([*_lines(path)])]


def _line(
    question: str, language: Language, verdict: str, quoted: Sequence[Evidence], reader: str
) -> Mapping[str, Any]:
    question = question.encode("utf-8", "replace").decode().strip()
    _refuse_unfit(question, language, verdict, quoted)
    answerable, note = VERDICTS[verdict]
    id_ = case_id(question, language)
    shown = [_evidence(one) for one in quoted] if verdict == "right" else []
    about = {"verdict": verdict, "note": note, "reader": reader, "kept": now()}
    sort = {"evidence": shown} if answerable else {"absence": "absent"}
    case = {"id": id_, "pair": id_, "language": language, "question": question, "answerable": answerable}
    return case | sort | about


def _refuse_unfit(question: str, language: Language, verdict: str, quoted: Sequence[Evidence]) -> None:
    if verdict not in VERDICTS:
        raise CaseError(f"{verdict[:40]!r} is nothing that can be said of an answer; say one of {', '.join(VERDICTS)}")
    if language not in get_args(Language) or not 0 < len(question) <= MOST_CHARS:
        raise CaseError(f"a question in {' or '.join(LANGUAGES)} of 1 to {MOST_CHARS} characters was expected")
    if verdict == "right" and not quoted:
        raise CaseError("an answer that is right has quotations; none came with it")
    longest = max((len(words) for one in quoted for words in one.words.values()), default=0)
    if len(quoted) > MOST_QUOTED or longest > MOST_WORDS:
        raise CaseError(f"more than {MOST_QUOTED} quotations, or one of more than {MOST_WORDS} characters")


def _evidence(one: Evidence) -> dict[str, str | None]:
    return {"document_id": one.document_id} | {x: one.words.get(x) for x in LANGUAGES}


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of the set, each with the id in it."""
    if not path.is_file():
        return
    with storage(path):
        text = path.read_bytes().decode("utf-8", "replace")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield str(json.loads(line)["id"]), line
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise CaseError(
                f"{path}, line {number}: no judgement of a reader: {told(error)}; mend it by hand"
            ) from error


def _kept(line: Mapping[str, Any], id_: str) -> Kept:
    words = {name: str(line.get(name) or "") for name in ("question", "language", "verdict", "note", "reader")}
    evidence = line.get("evidence")
    documents = (str(one.get("document_id")) for one in (evidence if isinstance(evidence, list) else []))
    return Kept(id=id_, time=str(line.get("kept") or ""), documents=tuple(dict.fromkeys(documents)), **words)


def _write(path: Path, lines: Sequence[str]) -> None:
    """Replace the set in one step; an empty one is no file."""
    with storage(path):
        if not lines:
            path.unlink(missing_ok=True)
            return
        write_whole(path, "".join(f"{line}\n" for line in lines))
