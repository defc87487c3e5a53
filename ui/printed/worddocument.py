"""A notebook as a Word document; python-docx is imported here and nowhere else, when one is made.

Everything is put in as text of runs: nothing that was written elsewhere can become a field, a formula or markup.
"""

import io
import re
from typing import TYPE_CHECKING, Any

from index.document import Document as ArchiveDocument
from index.document import Language
from rag.entry import one_line
from rag.notebook import Kept, Notebook
from rag.question import script
from ui.messages import notebook as words
from ui.printed.notebook import Printing, compared, heading, left_out, sides
from ui.printed.render import visible

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_TAGS: dict[Language, str] = {"ru": "ru-RU", "en": "en-GB"}
_FACE = "Times New Roman"  # on every machine that has Word, with Cyrillic
_POINTS = {  # of the paragraph styles that are made here
    "Delo Quotation": 11,
    "Delo Text Name": 9,
    "Delo Compare": 9,
    "Delo Note": 11,
    "Delo Citation": 10,
}
_ITALIC = frozenset(("Delo Note", "Delo Compare"))
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word_document(notebook: Notebook, printing: Printing) -> bytes:
    """The notebook as a DOCX file: each quotation in both languages side by side, compared, noted and cited."""
    import docx

    paper = docx.Document()
    _prepared(paper, printing)
    title = words.TITLE[printing.language]
    _written(_styled_as("Title", paper.add_paragraph()), title, printing.language)
    _written(_styled_as("Subtitle", paper.add_paragraph()), printing.made(notebook), printing.language)
    for number, kept in enumerate(notebook.kept, 1):
        _quotation(paper, number, kept, printing)
    if notebook.fallen:
        _written(_styled_as("Heading 1", paper.add_paragraph()), words.LEFT_OUT[printing.language], printing.language)
        _written(paper.add_paragraph(), words.LEFT_OUT_WHY[printing.language], printing.language)
        for line in left_out(notebook, printing.language):
            _written(_styled_as("List Bullet", paper.add_paragraph()), line, printing.language)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def xml_text(text: str) -> str:
    """`text` with every character that XML cannot hold made visible, or replaced."""
    return _NO_XML.sub("\ufffd", visible(text))


def _prepared(paper: "Document", printing: Printing) -> None:
    """Name the styles, and say in which language and by what the document was made."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    for name, points in _POINTS.items():
        style: Any = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = paper.styles["Normal"]
        style.font.size = Pt(points)
        style.font.italic = name in _ITALIC
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(4)
    for name in ("Normal", "Title", "Subtitle", "Heading 1"):
        _set_face(paper.styles[name])
    told = paper.core_properties
    told.title, told.language = words.TITLE[printing.language], _TAGS[printing.language]
    told.author, told.comments = "", f"Delo {printing.version}"


def _set_face(style: Any) -> None:
    """Set a style in one face for every script; the template's own face has no name for Cyrillic."""
    from docx.oxml.ns import qn

    style.font.name = _FACE
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script_of in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script_of), _FACE)


def _quotation(paper: "Document", number: int, kept: Kept, printing: Printing) -> None:
    document, language = kept.citation.document, printing.language
    _headed(_styled_as("Heading 1", paper.add_paragraph()), number, document, language)
    _table(paper, kept, language)
    for line in compared(kept, language):
        _written(_styled_as("Delo Compare", paper.add_paragraph()), line, language)
    if note := kept.collected.note.strip():
        told = _written(_styled_as("Delo Note", paper.add_paragraph()), f"{words.READERS_NOTE[language]}: ", language)
        _written(told, note, script(note) or language)
    _written(_styled_as("Delo Citation", paper.add_paragraph()), printing.citation(kept), language)


def _headed(paragraph: "Paragraph", number: int, document: ArchiveDocument, language: Language) -> None:
    """The number, and the title in the language that it is written in."""
    told = heading(document, language)
    _written(paragraph, f"{number}. ", language)
    _written(paragraph, told, script(one_line(document.title)) or language)


def _table(paper: "Document", kept: Kept, language: Language) -> None:
    """The texts of a quotation in columns, Russian first, under a row that names them."""
    texts = tuple(sides(kept, language))
    table = paper.add_table(rows=2, cols=len(texts), style="Table Grid")
    _first_row_is_head(table)
    for column, (name, side, quoted) in enumerate(texts):
        head, cell = table.cell(0, column), table.cell(1, column)
        _written(_styled_as("Delo Text Name", head.paragraphs[0]), name, language)
        _written(_styled_as("Delo Quotation", cell.paragraphs[0]), quoted, side)


def _first_row_is_head(table: Any) -> None:
    """Have the first row repeated on the next page, and told by screen readers as what it is."""
    from docx.oxml import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _styled_as(name: str, paragraph: "Paragraph") -> "Paragraph":
    """`paragraph` in a style, by its id; python-docx would go through all styles for each of hundreds of paragraphs."""
    paragraph._p.style = name.replace(" ", "")
    return paragraph


def _written(paragraph: "Paragraph", text: str, language: Language) -> "Paragraph":
    """Add `text` to a paragraph as one run, marked as of a language."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(xml_text(text))
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), _TAGS[language])
    run._element.get_or_add_rPr().append(tag)
    return paragraph
