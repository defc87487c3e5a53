"""What is said where readers add files."""

from typing import TYPE_CHECKING

from ui.messages import Words

if TYPE_CHECKING:
    from index.receive import Fate
    from ui.server.sorting import Reason

HEADING: Words = {"en": "Add files", "ru": "Добавить файлы"}
NOT_ALLOWED: Words = {
    "en": "Files cannot be added here. Whoever starts this server can allow it:",
    "ru": "Здесь файлы не принимаются. Разрешить это может тот, кто запускает сервер:",
}
ALLOWING = "delo chat --allow-upload"
INTRODUCED: Words = {
    "en": "Records of an archive as text files, alone or in a .zip. They are checked first; you see what was read from "
    "each before anything is added.",
    "ru": "Записи архива текстовыми файлами, по одному или в .zip. Сначала файлы проверяются: вы увидите, что из "
    "каждого прочитано, прежде чем что-либо будет добавлено.",
}
CHOOSE: Words = {
    "en": "Choose files, or drop them here",
    "ru": "Выберите файлы или перетащите их сюда",
}
LIMITS: Words = {
    "en": "At most {} files, {} MB in all, {} MB each; texts in UTF-8.",
    "ru": "Не больше {} файлов, всего {} МБ, каждый до {} МБ; тексты в кодировке UTF-8.",
}
TOO_LARGE: Words = {
    "en": "These files are too large to be sent at once. Choose fewer, or pack them into a .zip.",
    "ru": "Эти файлы слишком велики для одного раза. Выберите меньше или упакуйте их в .zip.",
}
CHECK: Words = {"en": "Check these files", "ru": "Проверить файлы"}
NOTHING_SENT: Words = {
    "en": "No file was chosen. Choose at least one, then check.",
    "ru": "Файлы не выбраны. Выберите хотя бы один и нажмите «Проверить».",
}
FORM: Words = {"en": "What a record looks like", "ru": "Как выглядит запись"}
FORM_TOLD: Words = {
    "en": "Date, title and labelled fields as headings; then the Russian text and the English, or one of them. The "
    "citation is needed: documents are found and cited by it.",
    "ru": "Дата, заглавие и поля — заголовками; затем русский и английский тексты или один из них. Ссылка (Citation) "
    "обязательна: по ней документ находят и цитируют.",
}
EXAMPLE = """## **May 3, 1951**

### **Report on a Bridge**

#### **Citation:**

"Report on a Bridge", May 3, 1951, Name of the Digital Archive, APRF, f. 45, op. 1, d. 334, ll. 12-13.
<https://archive.example/document/700001>

#### **Original Language:**

Russian

#### **Contents:**

Transcript - Russian
Translation - English

Мост через реку открыт.

The bridge over the river is open."""

READ: Words = {"en": "What was read", "ru": "Что прочитано"}
NOTHING_YET: Words = {"en": "Nothing has been added yet.", "ru": "Пока ничего не добавлено."}
TO_ADD: Words = {"en": "To be added: {}", "ru": "Будет добавлено: {}"}
NOT_TAKEN: Words = {"en": "Not to be added: {}", "ru": "Не будет добавлено: {}"}
ADD: Words = {"en": "Add to the archive: {}", "ru": "Добавить в архив: {}"}
OTHERS: Words = {"en": "Choose other files", "ru": "Выбрать другие файлы"}
DISCARD: Words = {"en": "Discard", "ru": "Отказаться"}
NONE_TO_ADD: Words = {
    "en": "None of these files can be added; why, is told with each.",
    "ru": "Ни один из этих файлов добавить нельзя; почему — сказано у каждого.",
}
FILE: Words = {"en": "File", "ru": "Файл"}
DOCUMENT: Words = {"en": "Document {}", "ru": "Документ {}"}
DATE: Words = {"en": "Date", "ru": "Дата"}
REFERENCES: Words = {"en": "Reference", "ru": "Шифр"}
TEXTS: Words = {"en": "Texts", "ru": "Тексты"}
PARAGRAPHS: Words = {"en": "paragraphs: {}", "ru": "абзацев: {}"}
PAIRS: Words = {"en": "pairs of facing sentences: {}", "ru": "пар соответствующих предложений: {}"}
UNPAIRED: Words = {
    "en": "sentences are paired when it is added",
    "ru": "соответствие предложений устанавливается при добавлении",
}
REMARK: Words = {"en": "Remark", "ru": "Замечание"}
FATES: "dict[Fate, Words]" = {
    "new": {"en": "new", "ru": "новый"},
    "replaces": {"en": "replaces document {}", "ru": "заменит документ {}"},
    "held": {
        "en": "Document {} with these texts is in this archive already; nothing is to be done.",
        "ru": "Документ {} с этими текстами уже есть в архиве; делать ничего не нужно.",
    },
    "elsewhere": {
        "en": "Document {} is in this archive with another text. It was indexed by whoever keeps the archive, and "
        "files added here do not replace it: ask them to change their file and run delo index.",
        "ru": "Документ {} есть в архиве с другим текстом. Его внёс тот, кто ведёт архив, и добавленные здесь файлы "
        "его не заменяют: попросите изменить файл и выполнить delo index.",
    },
    "twice": {
        "en": "Document {} is in the file “{}” too, with the same texts; only that one is looked at.",
        "ru": "Документ {} с теми же текстами есть и в файле «{}»; рассматривается только тот.",
    },
    "conflict": {
        "en": "Document {} is in the file “{}” too, with another text; only that one is looked at. Send the "
        "right one alone.",
        "ru": "Документ {} с другим текстом есть и в файле «{}»; рассматривается только тот. Пришлите только нужный.",
    },
    "unreadable": {"en": "Not a readable record", "ru": "Запись не читается"},
}
REASONS: "dict[Reason, Words]" = {
    "pdf": {
        "en": "A PDF. Delo reads text: copy or export the text, and save it as a .txt file in UTF-8.",
        "ru": "Это PDF. Delo читает текст: скопируйте или извлеките текст и сохраните его файлом .txt в UTF-8.",
    },
    "image": {
        "en": "A picture. Delo reads text: transcribe it, and save it as a .txt file in UTF-8.",
        "ru": "Это изображение. Delo читает текст: наберите его и сохраните файлом .txt в UTF-8.",
    },
    "office": {
        "en": "A document of a word processor. Save it there as plain text (.txt), encoding UTF-8.",
        "ru": "Это документ текстового редактора. Сохраните его там как обычный текст (.txt) в кодировке UTF-8.",
    },
    "packed": {
        "en": "Packed in a way that is not read here. Send the files themselves, or a .zip of them.",
        "ru": "Упаковано способом, который здесь не читается. Пришлите сами файлы или .zip.",
    },
    "binary": {
        "en": "Not text. Delo reads records as text files in UTF-8.",
        "ru": "Это не текст. Delo читает записи текстовыми файлами в UTF-8.",
    },
    "utf16": {
        "en": "Text in UTF-16. Save it as UTF-8.",
        "ru": "Текст в кодировке UTF-16. Сохраните его в UTF-8.",
    },
    "cp1251": {
        "en": "Text that is not UTF-8, by the look of it Windows-1251. Save it as UTF-8.",
        "ru": "Текст не в UTF-8, по виду Windows-1251. Сохраните его в UTF-8.",
    },
    "encoding": {
        "en": "Text that is not UTF-8. Save it as UTF-8.",
        "ru": "Текст не в UTF-8. Сохраните его в UTF-8.",
    },
    "large": {
        "en": "Larger than {} MB. Split it into its records.",
        "ru": "Больше {} МБ. Разделите файл на записи.",
    },
    "many": {
        "en": "More than {} files at once. Send the others afterwards.",
        "ru": "Больше {} файлов за один раз. Остальные пришлите потом.",
    },
    "together": {
        "en": "With the files before it more than {} MB at once. Send it afterwards.",
        "ru": "Вместе с предыдущими файлами больше {} МБ за один раз. Пришлите его потом.",
    },
    "crowded": {
        "en": "A .zip with more than {} files in it. Send it in parts.",
        "ru": "В .zip больше {} файлов. Пришлите его по частям.",
    },
    "bomb": {
        "en": "A .zip that unpacks to much more than texts do; nothing in it is read. Send the files themselves.",
        "ru": "Этот .zip распаковывается в объём, какого у текстов не бывает; из него ничего не прочитано. Пришлите "
        "сами файлы.",
    },
    "broken": {
        "en": "A .zip that is broken. Pack it again, or send the files themselves.",
        "ru": "Повреждённый .zip. Упакуйте заново или пришлите сами файлы.",
    },
    "nested": {
        "en": "A .zip inside a .zip. Send it by itself.",
        "ru": "Один .zip внутри другого. Пришлите его отдельно.",
    },
    "encrypted": {
        "en": "Locked by a password. Send it without one.",
        "ru": "Закрыто паролем. Пришлите без пароля.",
    },
    "outside": {
        "en": "Its name in the .zip leads out of the folder that is packed. Pack it again.",
        "ru": "Имя в .zip ведёт за пределы упакованной папки. Упакуйте заново.",
    },
    "link": {
        "en": "A link, and no file. Send the file itself.",
        "ru": "Это ссылка, а не файл. Пришлите сам файл.",
    },
    "hidden": {
        "en": "A hidden file, such as systems put beside others.",
        "ru": "Скрытый файл, какие система кладёт рядом с другими.",
    },
}
GONE: Words = {
    "en": "These files are no longer here: they were added, discarded, or an hour has passed. Choose them again.",
    "ru": "Этих файлов здесь больше нет: они добавлены, от них отказались, или прошёл час. Выберите их снова.",
}
BUSY: Words = {
    "en": "Somebody else is adding files just now. Yours are kept here: add them again in a moment.",
    "ru": "Сейчас файлы добавляет кто-то другой. Ваши остаются здесь: добавьте их через минуту.",
}
ADDING: Words = {"en": "The files are being added", "ru": "Файлы добавляются"}
MEANWHILE: Words = {
    "en": "You can go on reading and asking meanwhile.",
    "ru": "Тем временем можно читать и спрашивать.",
}
ADDED: Words = {"en": "Added", "ru": "Добавлено"}
ADDED_NEW: Words = {"en": "new", "ru": "новый"}
ADDED_CHANGED: Words = {"en": "replaced", "ru": "заменён"}
REMOVED: Words = {
    "en": "Removed, because their files were taken out of the folder of received files: {}",
    "ru": "Удалены, потому что их файлы убраны из папки полученных файлов: {}",
}
NONE_ADDED: Words = {"en": "Nothing was added.", "ru": "Ничего не добавлено."}
READY: Words = {
    "en": "They can be read, found and asked about at once.",
    "ru": "Их сразу можно читать, находить и спрашивать о них.",
}
ASK_NOW: Words = {"en": "Ask about them", "ru": "Спросить о них"}
BACK_TO_CHECKED: Words = {"en": "Back to the files that were checked", "ru": "Назад к проверенным файлам"}
MORE_FILES: Words = {"en": "Add more files", "ru": "Добавить ещё файлы"}
REFUSED: Words = {"en": "Refused", "ru": "Отказано"}
