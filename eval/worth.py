"""Which sentences of an answer say something that needs a source, and which say that there is no answer.

Headings, questions, refusals and remarks about the answer or the archive need none. A refusal that goes on to say
something ("no record of X, but Y") is a statement.
"""

import re
from collections.abc import Sequence

from eval.answers import AnswerSentence
from index.wording import Wording

LEAST_CONTENT = 3  # words that say something; fewer are a lead-in, such as "The directive says:"
_HELD = r"(?:contexts?|passages?|documents?|sources?|archives?|texts?|excerpts?|materials?|records?|collection|files?)"
_HAVE = r"(?:contain|mention|say|provide|address|answer|specify|state|include|discuss|give|have|hold|tell|indicate)"
_SOUGHT = r"(?:answers?|information|evidence|mentions?|records?|documents?|details?|data|sources?|reference)"
_IN = r"(?:архив\w*|документ\w*|источник\w*|текст\w*|контекст\w*|материал\w*|отрывк\w*|фрагмент\w*|собрани\w*)"
_KNOWN = r"(?:ответ\w*|сведени\w+|информаци\w+|данны\w+|упоминани\w+|документ\w*)"
_REFUSALS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?:I|we)\b[^.!?]{0,20}\b(?:can ?not|can['’]t|could not|couldn['’]t|(?:am|are) (?:unable|not able)|do not|"
        r"don['’]t)\b[^.!?]{0,30}\b(?:answer|find|determine|know|say|tell|provide|have)\b",
        rf"\b{_HELD}\b[^.!?]{{0,40}}\b(?:do|does|did)(?: not|n['’]t)\b[^.!?]{{0,20}}\b{_HAVE}\b",
        rf"\b{_HELD}\b[^.!?]{{0,20}}\b(?:contains?|provides?|holds?|has|have|gives?|offers?|says?)\b"
        rf"[^.!?]{{0,10}}\b(?:no|nothing)\b",
        rf"^\W*(?:(?:there (?:is|are|was|were)|I (?:have|found)|we (?:have|found)) )?"
        rf"(?:no|not enough|insufficient)\b[^.!?]{{0,30}}\b{_SOUGHT}\b",
        r"\b(?:cannot|can not|can['’]t|could not) be (?:answered|determined|stated|found|established|ascertained)\b",
        r"\bnothing (?:can be (?:stated|said)|(?:was|is|could be) found|in (?:the|this|these) \w+ (?:answers?|says))\b",
        rf"\bnot (?:mentioned|specified|stated|provided|found|given|available|discussed) in (?:the|this|these|any)\b"
        rf"[^.!?]{{0,25}}\b{_HELD}\b",
        rf"\bв (?:\w+ ){{0,3}}{_IN}\b[^.!?]{{0,40}}\b"
        r"(?:нет\b|отсутству\w+|не (?:содерж|упомина|найден|указан|сообща|говор)\w*)",
        rf"\b{_IN}[^.!?]{{0,30}}\bне (?:содерж\w+|упомина\w+|сообща\w+|указыва\w+|да[её]т|дают|отвеча\w+|говор\w+)\b",
        rf"(?:^|\W)(?:нет|не хватает|недостаточно)\b[^.!?]{{0,15}}\b{_KNOWN}\b",
        rf"\b{_KNOWN}\b[^.!?]{{0,40}}\b(?:нет\b|отсутству\w+|не (?:найден|обнаружен|содерж|удалось)\w*)",
        r"\b(?:не могу|не можем|не удалось|невозможно|нельзя|не представляется возможным) "
        r"(?:\w+ ){0,2}(?:ответить|определить|установить|сказать|найти)\b",
        r"\b(?:ответить|установить это) (?:нельзя|невозможно)\b",
        r"\bя не знаю\b",
    )
)
_REMARKS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"^\W*(?:the|this|our) (?:archive|collection|database|index|catalogue)\b[^.!?]{0,30}\b(?:holds?|contains?|has|"
        r"includes?|was searched)\b",
        r"^\W*(?:here (?:is|are)|below (?:is|are)|(?:this|the following) (?:answer|summary)|I (?:found|searched)|"
        r"(?:please )?note that (?:this|the) (?:answer|summary)|let me know|I hope)\b",
        r"^\W*(?:based on|according to) (?:the|these|this) (?:provided |given |retrieved |available )?"
        r"(?:contexts?|passages?|documents?|sources?|information)\W*$",
        r"^\W*(?:в )?(?:этом |данном |нашем )?(?:архиве?|собрани[ие]|каталоге?) (?:\w+ )?"
        r"(?:содерж\w+|хран\w+|есть|име\w+)\b",
        r"^\W*(?:вот|ниже|далее) (?:\w+ ){0,2}(?:ответ|привед|след|перечисл|излож)\w*",
        r"^\W*(?:этот|данный) ответ\b",
        r"^\W*(?:на основании|согласно|судя по) (?:предоставленн\w+ |приведенн\w+ |данн\w+ )?"
        r"(?:документ\w*|источник\w*|контекст\w*|отрывк\w*)\W*$",
    )
)
_HEADING = re.compile(r"^\s*(?:#{1,6}\s|\*\*[^*]+\*\*:?\s*$|(?:[-*_=]\s*){3,}$)")
_TURN = re.compile(
    r"[,;:.—–-]\s*(?:but|however|though|although|yet|nevertheless|но|однако|хотя|зато|тем не менее)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_IDLE = (
    "the a an and or of in on at to by for with from as that this these those is are was were be been has have had it "
    "its he she they his her their them we you i not no but if so than then there which who whom whose what when "
    "where how also into about after before between during over under per via does did do can could will would may "
    "might must should say says said saying states stated state according see quoted quote writes wrote reads "
    "и в во на с со к ко по о об от до за из у не ни но а что как это этот эта эти тот та те он она они его её ее "
    "их им ему ей для при же ли бы был была было были есть быть который которая которое которые которого также где "
    "когда если так чтобы или да нет между после перед под над через говорится сказано пишет гласит сообщает "
    "согласно см цитата следующее так source sources reference references ibid источник источники там"
)
_IDLE_KEYS = frozenset(Wording.of(_IDLE).keys)


def content_words(text: str) -> tuple[str, ...]:
    """The words of `text`, as keys, that say something: numbers, and all but a few of the commonest words."""
    return tuple(key for key in Wording.of(text).keys if key not in _IDLE_KEYS and (key.isdigit() or len(key) > 1))


def is_refusal(text: str) -> bool:
    """Whether a sentence says that there is no answer, and nothing else."""
    match = next((found for form in _REFUSALS if (found := form.search(text))), None)
    if match is None:
        return False
    return not _goes_on(text)


def _goes_on(text: str) -> bool:
    """Whether a sentence turns ("..., but ...") to something that is no refusal."""
    turn = _TURN.search(text)
    return turn is not None and len(content_words(turn["rest"])) >= LEAST_CONTENT and not _refuses(turn["rest"])


def _refuses(text: str) -> bool:
    return any(form.search(text) for form in _REFUSALS)


def needs_source(sentence: AnswerSentence) -> bool:
    """Whether a sentence says something that a source must bear out; one that quotes always does."""
    text = sentence.text
    if sentence.quotations:
        return True
    if not any(c.isalpha() for c in text) or _HEADING.search(text) or text.rstrip(' *"”»)').endswith("?"):
        return False
    if is_refusal(text) or not content_words(text):
        return False
    return _goes_on(text) or not any(form.search(text) for form in _REMARKS)


def refuses(sentences: Sequence[AnswerSentence]) -> bool:
    """Whether an answer, by its words, says that there is none: it refuses, and states nothing besides."""
    return any(is_refusal(s.text) for s in sentences) and not any(needs_source(s) for s in sentences)
