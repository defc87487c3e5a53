"""The words that a follow-up question is known by, in both languages: grammar only, nothing of any archive."""

import re

from index.document import Language

_ENGLISH_EMPTY = (
    "who whom whose what which when where why how many much long far often old "
    "do does did done doing is are was were be been being am has have had having will would shall should can could may "
    "might must not no the a an of to in on at by with from for about as into over under between during against "
    "and but or so then also too else again even just exactly precisely more further next other another any anything "
    "something anyone someone there here this that these those it its he him his she her hers they them their theirs "
    "i me my you your we us our yes well now please say said says tell told happen happened happens mean meant means "
    "year date day month time reason reasons result results answer author place details detail words word source case "
    "first last end name later before after whether if "
    "instead grounds terms conditions document documents letter telegram cable report directive memorandum"
)
_RUSSIAN_EMPTY = (
    "кто кого кому кем ком что чего чему чем чём какой какая какое какие какого каких каким какими какую каком каков "
    "какова каково каковы когда где куда откуда почему зачем отчего как сколько скольких чей чья чьё чье чьи ли ль "
    "и а но или ну да же ведь бы б не ни нет то тоже также ещё еще уже даже именно точно дальше далее потом затем "
    "тогда там туда оттуда тут здесь это этот эта эти этого этой этому этим этом этих этими эту тот та те того той "
    "тому тем том тех теми ту он его ему им нём нем него ним она её ее ей ею ней неё нее нею они их ими них ними был "
    "была было были есть будет будут быть мог могла могли может можно в во на с со к ко у о об обо от до из по за при "
    "под над про для без через между сказал сказала сказали говорил говорит говорится сказано сообщил сообщили "
    "долго так произошло случилось стало стал было значит год году года дата дату день число месяц время "
    "времени причина причины "
    "причину причинам результат результаты результатом ответ автор место подробнее подробности больше другие другой "
    "другое другого другие другим вообще собственно конкретно кроме пожалуйста теперь после раньше позже "
    "взамен вместо условия условиях основании основания срок документ документа документе "
    "письмо письма письме телеграмма телеграмму телеграммы телеграмме отчёт отчёта отчёте доклад доклада докладе "
    "директива директиву директивы директиве"
)
_EMPTY: dict[Language, frozenset[str]] = {
    "en": frozenset(_ENGLISH_EMPTY.split()),
    "ru": frozenset(_RUSSIAN_EMPTY.split()),
}
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")

CONJUNCTION: dict[Language, re.Pattern[str]] = {  # that a question begins with which goes on from what was said
    "en": re.compile(r"(?:(?:and|but|or|so|then|also|well|ok|okay|now)[,\s]+)+", re.IGNORECASE),
    "ru": re.compile(r"(?:(?:а|и|но|ну|или|так|тогда|также|хорошо|ладно|теперь)[,\s]+)+", re.IGNORECASE),
}
ABOUT: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"(?:and |but |so )?(?:(?:what|how) about|as for)\b", re.IGNORECASE),
    "ru": re.compile(r"(?:а |и |но |ну )?(?:как |что )?(?:насч[её]т|как же|относительно|что же)\b", re.IGNORECASE),
}
ASKS: dict[Language, re.Pattern[str]] = {  # a word that makes a sentence of a question
    "en": re.compile(
        r"\b(?:who|whom|whose|what|which|when|where|why|how|do|does|did|is|are|was|were|has|have|had|will|would|should|"
        r"can|could|must|tell|list|describe|explain|name|find|show|give|compare)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:кто|кого|кому|кем|что|чего|чему|чем|как\w{2,4}|когда|где|куда|откуда|почему|зачем|отчего|как|сколько|"
        r"че[йм]|чья|чьи|ли|расскажи\w*|перечисли\w*|назови\w*|опиши\w*|объясни\w*|найди\w*|покажи\w*|сравни\w*)\b",
        re.IGNORECASE,
    ),
}
MORE: dict[Language, re.Pattern[str]] = {  # asks for more of the same
    "en": re.compile(
        r"(?:and |any |some |tell me |show me |give me )*(?:more|further)(?: details?| please)?", re.IGNORECASE
    ),
    "ru": re.compile(
        r"(?:а |и |покажи |расскажи |давай )*(?:ещ[её]|больше|подробнее|дальше)(?: подробнее)?", re.IGNORECASE
    ),
}
ANEW: dict[Language, re.Pattern[str]] = {  # what ends a conversation, and may begin another
    "en": re.compile(
        r"(?:forget (?:that|it|all (?:of )?that|everything|the above)|never mind|new (?:question|topic|conversation)"
        r"|start (?:over|anew|again)|another (?:question|topic))\s*(?:[,.:;!—–-]\s*|$)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:забудь(?:те)?(?: (?:об этом|это|всё|все))?|нов(?:ый вопрос|ая тема)|друг(?:ой вопрос|ая тема)"
        r"|начн[её]м (?:сначала|заново)|сначала)\s*(?:[,.:;!—–-]\s*|$)",
        re.IGNORECASE,
    ),
}


def words(text: str) -> list[str]:
    """The words of `text`, numbers among them, in small letters."""
    return [_POSSESSIVE.sub("", word).casefold() for word in _WORD.findall(text)]


def telling(language: Language, text: str) -> list[str]:
    """The words of `text` that say what it is about: not those that ask, point, join, or stand in any question."""
    return [word for word in words(text) if word not in _EMPTY[language]]
