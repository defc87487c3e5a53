"""Words that sentences begin with and that are no names: their capital tells nothing.

Lists and endings of the two languages; what they do not know is taken for a name, unless a document has it in small
letters.
"""

import re

from index.document import Language
from index.lexical import telling_stems
from index.unmatched import TITLE_WORDS

_WORDS: dict[Language, str] = {
    "en": "according account additionally advance advice afterwards agreement aid aim aircraft also alternatively "
    "although altogether ambassador ammunition answer apart argument arms arrangement arrival artillery "
    "assistance attack attempt attention authority aviation barge battle belief besides bomb book bread bridge "
    "cable cargo cause chairman chance change cities citing civilian coal comment comrade concern conclusion "
    "condition consequently contact contrary control conversely cooperation copies cost countries course crew "
    "crop cut damage danger death debt decision delay deliver demand depend desire despite dialog difficult "
    "disagree discuss distance division document doubt due during earlier economic effort either employee enemy "
    "engine engineer equipment especially evacuate evening evidently example exchange expense expert explosion "
    "export factory failure famine farmer fear fighting figure finally fire firstly flight flood flour following "
    "food fuel furthermore general generally given goods grain ground growth guerrilla gun half harvest hence "
    "high hostilities however hundred hunger idea import income indeed industrial infantry information inhabitant "
    "initially inside instead insufficient intelligence intention invasion issue items journey keeping lack large "
    "later leader letter likewise link list little living load local loss lots low machinery main many marshal "
    "material matter meanwhile meat medicine meeting men message midday military milk minister moreover most much "
    "munitions national near nearly need negotiation neither nevertheless next nobody nonetheless nor north note "
    "nothing number nurse objection occupation offensive officer official oil once one only opinion opponent "
    "orders otherwise outside overall own part participant particularly partisan passenger payment peasant people "
    "perhaps permission personnel pilot plan point police policy political poor population position possibly "
    "power premature preparation president pressure previously price prior prisoner probably problem production "
    "progress proof property proposal protest purpose question quite rail railway rainfall rather reactionary "
    "reason recently refugee regarding relations repair reply report representative request resistance resource "
    "response result rice rifle risk road route rumor sailor scale scarce scarcity second secondly secret "
    "secretary seizure separately serious several ship shipment shortage sick side similarly since situation snow "
    "soldier someone soon source south specialist specifically staff staffing starting steel still stock stone "
    "storm strength subsequently success such summer supplies supply support surely surplus tank teacher telegram "
    "territory then there therefore third thirdly though thus timber time together town trade train transport "
    "travel treaty troop truck truth two ultimately uncertain under unity unless unlike until upon urgent usually "
    "vehicle vessel victory village violence visitor volunteer wages war water weapon weather week wheat whereas "
    "whether while widespread winter wireless within without witness women wood work worker workers workshop "
    "worse wounded writing year yes yet young",
    "ru": "благодаря более большая больше большинство борьба ввиду вместе вместо во военная военное военный "
    "возможность война вообще вопреки вопрос впервые впоследствии впрочем враг времени время все вследствие "
    "вся вторая второе второй выход главная главное главный границы далее действительно дело доклад документ "
    "доля дорога другая другие другое другой его едва если ещё железная жители за задача закон затем зато "
    "иван имеется именно иначе исходя итак их каждая каждый кроме лишь люди между мера меры место мнение "
    "мнения многие мост на наконец напомним например напротив народ наряду насколько наступление начало "
    "недопустимо недостаток необходимо несмотря нет никто ничего нужно общая один одна однако одни "
    "одновременно опасность остальные ответ отсюда отъезд первая первое первый переговоры письмо план позднее "
    "позже пока половина помимо помощь поначалу поскольку после последний потери поэтому предложение прежде "
    "приезд приказ причина причиной причины просьба путь работа работы разговор размер ранее речь решение "
    "риск роль сам сама сами самолет самолёты сведения связь север сегодня секретарь сила силы случай сначала "
    "согласно солдат солдаты сомнение составе сотрудничество спор среди средства срок ссылаясь сторона "
    "стороны суть такая также такие таким тем теперь тогда тоже только третий третье третья угроза удар "
    "условие условия успех учитывая хотя цели цель часть через численность число что эта этим это этот юг",
}
_KNOWN = {
    "en": TITLE_WORDS | frozenset(_WORDS["en"].split()),
    "ru": frozenset(_WORDS["ru"].split()),
}
_ENDINGS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\w{3,}(?:ations?|ctions?|ssions?|itions?|ments|ingly|edly|ously|ically|antly|ently|ities|ships?|ness(?:es)?|"
        r"ists|ants|ents|cians|ives|ances|ences|ages|ures|ries|ctors|tors|[^aeiou]ers)|\w{5,}(?:ment|ing|ed)"
    ),
    "ru": re.compile(
        r"\w{3,}(?:ени[еяюй]|ани[еяюй]|ости|остью|ность|ствами?|ство|ации|ацию|ация|ться|лось|лась|лись|ются|ется|"
        r"чески|ники|чики|щики|тели|ые|ыми|ого|ают|яют|уют|ует|ает|но|ично|енно)|\w{3,}(?:ли|ла|ло)|\w{4,}(?:ие|ыв|ив|ав|ся)"
    ),
}


def opens(language: Language, word: str) -> bool:
    """Whether `word`, in small letters, is known to be no name."""
    if len(word) == 1 or not telling_stems(language, word):
        return True
    plain = word.replace("ё", "е")
    singular = plain.removesuffix("'s").removesuffix("s")
    return bool({word, plain, singular} & _KNOWN[language]) or _ENDINGS[language].fullmatch(plain) is not None
