"""The room that judges: runs of question sets, what they came to, and what readers say of answers."""

from collections.abc import Mapping

from ui.messages import Words
from ui.messages.rooms import NAMES

TITLE: Words = NAMES["judge"]
ABOUT: Words = {
    "en": "How good the answers are: questions whose answers are known are asked, and a program judges what comes.",
    "ru": "Насколько верны ответы: задаются вопросы, ответы на которые известны, и программа оценивает, что вышло.",
}
NOT_OFFERED: Words = {
    "en": "Nothing here can judge answers: the package eval, which does, is not installed. Install Delo as a whole.",
    "ru": "Оценивать ответы здесь нечем: не установлен пакет eval. Установите Delo целиком.",
}
UNTOLD: Words = {"en": "What stands here cannot be read", "ru": "Прочитать это не удаётся"}

RUNS: Words = {"en": "Runs", "ru": "Прогоны"}
NO_RUNS: Words = {
    "en": "Nothing has been run yet. Choose a question set below and run it.",
    "ru": "Ещё ничего не запускалось. Выберите ниже набор вопросов и запустите его.",
}
LAST_REPORT: Words = {"en": "The last report", "ru": "Последний отчёт"}
BEGUN: Words = {
    "en": "{} UTC · answers: {} · documents: {}",
    "ru": "{} UTC · ответов: {} · документов: {}",
}
BY: Words = {"en": "answers by {}", "ru": "отвечает {}"}
BY_DOCUMENTS: Words = {"en": "answers by the documents alone", "ru": "отвечают только документы"}
CUT_SHORT: Words = {
    "en": "Cut short: it was stopped before the last question. The command that began it finishes it.",
    "ru": "Прерван до последнего вопроса. Его закончит та команда, которой он был начат.",
}
NOT_JUDGED: Words = {"en": "The answers have not been judged.", "ru": "Ответы ещё не оценены."}
OLDER: Words = {"en": "Older runs: {}", "ru": "Более старые прогоны: {}"}
IN_ENGLISH: Words = {
    "en": "A report opens question by question, down to each sentence.",
    "ru": "Отчёт раскрывается вопрос за вопросом, до каждого предложения. Он составлен пока только по-английски.",
}
FIGURES: Mapping[str, Words] = {
    "refusal_recall": {
        "en": "Questions without an answer here: it was said so",
        "ru": "На вопрос здесь нет ответа, и это было сказано",
    },
    "over_refusal_any": {
        "en": "Questions with an answer here: none was given (less is better)",
        "ru": "На вопрос здесь есть ответ, но он не дан (чем меньше, тем лучше)",
    },
    "doc_recall@5": {
        "en": "Documents that answer: among the first five found",
        "ru": "Документ с ответом — среди первых пяти найденных",
    },
    "nugget_vital_strict": {
        "en": "Facts that an answer must have: found in it",
        "ru": "Факты, которые должны быть в ответе, в нём есть",
    },
    "quote_strict": {
        "en": "Quotations: stand in their document to the letter",
        "ru": "Цитаты стоят в документе буква в букву",
    },
    "support_lo": {
        "en": "Sentences: borne out by what they cite",
        "ru": "Предложения подтверждены тем, на что ссылаются",
    },
    "exact_leaf": {
        "en": "References: right down to the leaf",
        "ru": "Шифры верны вплоть до листа",
    },
}
"""The figures that are told, by the metric; the report has them all."""
SHARE: Words = {"en": "{} %", "ru": "{} %"}
BETWEEN: Words = {"en": "{} to {} %, of {}", "ru": "от {} до {} %, всего {}"}
DOES_NOT_APPLY: Words = {"en": "does not apply", "ru": "неприменимо"}
HOW_SURE: Words = {
    "en": "Beside each share its 95 % interval, and of how many it is. Where too little is known of the answers, "
    "a figure does not apply; it is then taken neither for right nor for wrong.",
    "ru": "Рядом с каждой долей — её 95-процентный интервал и число случаев. Если об ответах известно слишком мало, "
    "показатель неприменим и не считается ни верным, ни неверным.",
}

COMPARE: Words = {"en": "Compare two runs", "ru": "Сравнить два прогона"}
OLD: Words = {"en": "The older run", "ru": "Прежний прогон"}
NEW: Words = {"en": "The newer run", "ru": "Новый прогон"}
COMPARE_NOW: Words = {"en": "Compare", "ru": "Сравнить"}
NOT_COMPARED: Words = {"en": "These runs cannot be compared as they are", "ru": "Так эти прогоны сравнить нельзя"}
COMPARED_IF: Words = {
    "en": "Runs are compared question by question: they should be of the same questions and documents, and judged "
    "by the same checker. Of these two it is told:",
    "ru": "Прогоны сравниваются вопрос за вопросом: вопросы, документы и проверяющая программа должны быть теми же. "
    "Об этих двух сообщается (по-английски):",
}
COMPARE_ANYWAY: Words = {"en": "Compare what they share", "ru": "Сравнить то, что у них общее"}

SETS: Words = {"en": "Question sets", "ru": "Наборы вопросов"}
SETS_ABOUT: Words = {
    "en": "A set is put to the archive that is open here; reading goes on meanwhile. Sets of your own, as JSON lines, "
    "are offered when they lie in the folder “sets” of the runs.",
    "ru": "Набор вопросов задаётся открытому здесь архиву; читать тем временем можно дальше. Ваши собственные наборы "
    "(JSON lines) предлагаются, если они лежат в папке «sets» среди прогонов.",
}
SET_NAMES: Mapping[str, Words] = {
    "readers": {"en": "What readers said of answers", "ru": "Что читатели сказали об ответах"},
    "own": {"en": "Delo’s own questions", "ru": "Собственные вопросы Delo"},
}
"""Names of the sets that are always the same, by id."""
QUESTIONS: Words = {"en": "Questions: {}", "ru": "Вопросов: {}"}
LEFT_OUT: Words = {
    "en": "Left out, because their documents have changed: {}",
    "ru": "Пропускаются, так как их документы изменились: {}",
}
FOREIGN: Words = {
    "en": "Cannot be run: it is of another archive, whose documents are not in this index. Not fitting: {}.",
    "ru": "Запустить нельзя: это вопросы к другому архиву, его документов в этом указателе нет. Не подходит: {}.",
}
MALFORMED: Words = {"en": "Cannot be run", "ru": "Запустить нельзя"}
RUN: Words = {"en": "Run", "ru": "Запустить"}
RUNNING: Words = {"en": "A question set is being run", "ru": "Идёт прогон набора вопросов"}
RUNNING_ABOUT: Words = {
    "en": "Every question is asked, then every answer judged. You may leave this page and read on.",
    "ru": "Задаётся каждый вопрос, затем оценивается каждый ответ. Эту страницу можно покинуть и читать дальше.",
}
LOOK_AGAIN: Words = {"en": "Look again", "ru": "Обновить"}
NOT_RUN: Words = {"en": "Nothing came of the run", "ru": "Прогон не состоялся"}
CANCELLED: Words = {
    "en": "It was cancelled; nothing of it is kept.",
    "ru": "Он отменён; ничего из него не сохранено.",
}
NO_JOB: Words = {
    "en": "There is no such run under way. If it has ended, it is listed among the runs.",
    "ru": "Такого прогона сейчас нет. Если он окончен, он стоит в списке прогонов.",
}
BACK: Words = {"en": "Back to Judge", "ru": "Назад в раздел «Оценить»"}
ENGLISH_ONLY = "Эта страница составлена пока только по-английски."

CASES: Words = {"en": "What readers said", "ru": "Что сказали читатели"}
CASES_ABOUT: Words = {
    "en": "Each answer that was marked is a question of the set of that name. Of a right answer the quotations are "
    "kept; of a wrong one only whether the archive answers the question. Then the figures tell whether it is answered "
    "at all; how, the report shows.",
    "ru": "Каждый отмеченный ответ становится вопросом набора с этим названием. От верного ответа сохраняются цитаты, "
    "от неверного — только то, есть ли в архиве ответ. Тогда показатели говорят, дан ли ответ вообще; какой — видно "
    "в отчёте.",
}
NO_CASES: Words = {
    "en": "Nobody has marked an answer yet. “Right” and “Wrong” stand beneath every answer.",
    "ru": "Ещё никто не отметил ни одного ответа. «Верно» и «Неверно» стоят под каждым ответом.",
}
MORE_CASES: Words = {"en": "Older ones", "ru": "Более ранние"}
SOMEBODY: Words = {"en": "a reader", "ru": "читатель"}
REMOVE: Words = {"en": "Remove", "ru": "Удалить"}
VERDICTS: Mapping[str, Words] = {
    "right": {"en": "Right", "ru": "Верно"},
    "rightly refused": {"en": "Right: the archive does not answer it", "ru": "Верно: ответа в архиве нет"},
    "otherwise": {"en": "Wrong: the archive answers it otherwise", "ru": "Неверно: ответ в архиве другой"},
    "unanswerable": {"en": "Wrong: the archive does not answer it", "ru": "Неверно: ответа в архиве нет"},
    "answerable": {"en": "Wrong: the archive does answer it", "ru": "Неверно: ответ в архиве есть"},
    "beside": {"en": "Wrong: a quotation is beside the point", "ru": "Неверно: цитата не по делу"},
}

MARK: Words = {"en": "Is this right?", "ru": "Верно ли это?"}
RIGHT: Words = {"en": "Right", "ru": "Верно"}
WRONG: Words = {"en": "Wrong", "ru": "Неверно"}
WHAT_IS_WRONG: Mapping[str, Words] = {
    "otherwise": {"en": "The archive answers it otherwise", "ru": "Ответ в архиве другой"},
    "unanswerable": {"en": "The archive does not answer it", "ru": "Ответа в архиве нет"},
    "beside": {"en": "A quotation is beside the point", "ru": "Цитата не по делу"},
    "answerable": {"en": "The archive does answer it", "ru": "Ответ в архиве есть"},
}
KEPT: Words = {"en": "Kept as a question; it runs in", "ru": "Сохранено как вопрос; запускается в разделе"}
NOT_KEPT: Words = {"en": "Not kept", "ru": "Не сохранено"}
