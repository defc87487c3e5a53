"""What is sent is sorted by its content: texts under safe names, and the rest with a reason; no .zip harms anybody."""

import stat
import struct
import zipfile
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.messages.adding import REASONS
from ui.server.asked import Sent
from ui.server.sorting import MOST_FILE, MOST_FILES, MOST_SENT, Reason, Sorting, not_text, safe_name
from ui.server.unpacking import sort

TEXT = "## **May 3, 1951**\n\nМост открыт.\n"
RUSSIAN = "Докладываю, что ремонт железнодорожного моста через реку задерживается из-за нехватки рельсов."


def zipped(*entries, method=zipfile.ZIP_DEFLATED):
    """A .zip of these entries: names, or descriptions of entries, with their bytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    return made.getvalue()


def sorted_out(*files):
    return sort([Sent(name=name, content=content) for name, content in files])


def reasons(sorting):
    return [refusal.reason for refusal in sorting.refused]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4\n...", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0", "image"),
        (b"\xff\xd8\xff\xe0\0", "image"),
        (b"GIF89a", "image"),
        (b"AT&TFORM\0\0", "image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "office"),
        (b"{\\rtf1\\ansi}", "office"),
        (b"\x1f\x8b\x08", "packed"),
        (b"7z\xbc\xaf\x27\x1c", "packed"),
        (b"\x7fELF\x02\x01\x01\0\0", "binary"),
        (RUSSIAN.encode("utf-16"), "utf16"),
        ("Trains began to run on Monday.".encode("utf-16-le"), "utf16"),
        ("Trains began to run on Monday.".encode("utf-16-be"), "utf16"),
        (RUSSIAN.encode("cp1251"), "cp1251"),
        (RUSSIAN.encode("koi8-r"), "encoding"),
        ("Café".encode("latin-1"), "encoding"),
        (b"\x01\x02\xff\x03", "binary"),
    ],
)
def test_a_file_of_another_kind_is_known_by_its_content(content, reason):
    assert reasons(sorted_out(("record.txt", content))) == [reason]


@pytest.mark.parametrize("content", [TEXT.encode(), TEXT.encode("utf-8-sig"), b"", b"plain", "ъ".encode()])
def test_text_is_text_whatever_it_is_called(content):
    sorting = sorted_out(("picture.png", content))
    assert [text.content for text in sorting.texts] == [content]


@given(st.text(max_size=300))
def test_all_utf_8_without_zeros_is_text(words):
    content = words.replace("\0", "").encode("utf-8", "ignore")
    if not content.startswith((b"%PDF-", b"GIF8", b"{\\rtf", b"AT&TFORM", b"BZh")):
        assert not_text(content) is None


def test_every_reason_has_words_in_both_languages():
    assert set(REASONS) == set(Reason.__args__)
    for words in REASONS.values():
        assert words["en"].count("{}") == words["ru"].count("{}")


class TestLimits:
    def test_of_one_file(self):
        assert reasons(sorted_out(("a.txt", b"x" * MOST_FILE), ("b.txt", b"x" * (MOST_FILE + 1)))) == ["large"]

    def test_of_all_together(self):
        sorting = sorted_out(*((f"{n}.txt", b"x" * MOST_FILE) for n in range(MOST_SENT // MOST_FILE)), ("z.txt", b"x"))
        assert reasons(sorting) == ["together"]

    def test_of_how_many(self):
        sorting = sorted_out(*((f"{n}.txt", b"x") for n in range(MOST_FILES + 2)))
        assert (len(sorting.texts), reasons(sorting)) == (MOST_FILES, ["many"] * 2)

    def test_of_what_is_told(self):
        sorting = sorted_out(*((f"{n}.txt", b"\0") for n in range(1000)))
        assert len(sorting.refused) <= 400
        assert sorting.refused[-1].shown == "…"


class TestZips:
    def test_its_texts_are_taken_and_shown_under_both_names(self):
        sorting = sorted_out(("sent.zip", zipped(("records/", b""), ("records/1.txt", TEXT), ("2.md", "two"))))
        assert [(text.shown, text.name) for text in sorting.texts] == [
            ("sent.zip/records/1.txt", "1.txt"),
            ("sent.zip/2.md", "2.txt"),
        ]

    def test_it_is_known_by_its_content(self):
        assert len(sorted_out(("sent.txt", zipped(("1.txt", TEXT)))).texts) == 1

    def test_a_name_that_windows_wrote_in_russian_is_read(self):
        packed = zipped(("xxxx.txt", TEXT)).replace(b"xxxx.txt", "мост.txt".encode("cp866"))
        assert sorted_out(("a.zip", packed)).texts[0].shown == "a.zip/мост.txt"

    @pytest.mark.parametrize(
        "name", ["../evil.txt", "a/../../evil.txt", "/etc/cron.d/evil", "C:/evil.txt", "..\\evil.txt", "a\\b.txt", ".."]
    )
    def test_names_that_lead_out_of_it_are_refused(self, name):
        entry = zipfile.ZipInfo("placeholder")
        entry.filename = name
        assert reasons(sorted_out(("a.zip", zipped((entry, TEXT), ("good.txt", TEXT))))) == ["outside"]

    def test_links_are_refused(self):
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        assert reasons(sorted_out(("a.zip", zipped((entry, "/etc/passwd"))))) == ["link"]

    def test_hidden_files_are_refused(self):
        packed = zipped(("__MACOSX/._1.txt", b"\0"), ("x/.DS_Store", b"\0"))
        assert reasons(sorted_out(("a.zip", packed))) == ["hidden", "hidden"]

    def test_what_is_locked_is_refused(self):
        packed = bytearray(zipped(("1.txt", TEXT)))
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            packed[packed.index(mark) + place] |= 1
        assert reasons(sorted_out(("a.zip", bytes(packed)))) == ["encrypted"]

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_what_is_packed_otherwise_is_refused(self, method):
        assert reasons(sorted_out(("a.zip", zipped(("1.txt", TEXT), method=method)))) == ["packed"]

    def test_a_zip_inside_a_zip_is_refused(self):
        assert reasons(sorted_out(("a.zip", zipped(("b.zip", zipped(("1.txt", TEXT))))))) == ["nested"]

    def test_other_kinds_inside_are_known_by_their_content(self):
        assert reasons(sorted_out(("a.zip", zipped(("1.txt", b"%PDF-1.4"), ("2.txt", b"\0\0\0"))))) == ["pdf", "binary"]

    @pytest.mark.parametrize("name", ["[Content_Types].xml", "mimetype"])
    def test_a_document_of_a_word_processor_is_known_as_one(self, name):
        assert reasons(sorted_out(("a.docx", zipped(("word/document.xml", "<w/>"), (name, "x"))))) == ["office"]

    def test_of_a_bomb_nothing_is_taken(self):
        packed = zipped(("good.txt", TEXT), ("bomb.txt", b" " * 4_000_000))
        sorting = sorted_out(("a.zip", packed), ("b.txt", TEXT.encode()))
        assert reasons(sorting) == ["bomb"]
        assert [text.name for text in sorting.texts] == ["b.txt"]

    def test_a_bomb_of_many_small_parts_is_one_too(self):
        packed = zipped(*((f"{n}.txt", b" " * 99_000 + str(n).encode() * 500) for n in range(MOST_FILES)))
        assert len(packed) < MOST_SENT / 50
        assert sum(len(text.content) for text in sorted_out(("a.zip", packed)).texts) <= MOST_SENT

    def test_a_bomb_that_gives_a_small_size_is_not_read_beyond_it(self):
        packed = bytearray(zipped(("bomb.txt", b" " * 4_000_000)))
        for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            at = packed.index(mark) + place
            packed[at : at + 4] = struct.pack("<I", 10)
        sorting = sorted_out(("a.zip", bytes(packed)))
        assert reasons(sorting) in (["broken"], [])
        assert sum(len(text.content) for text in sorting.texts) <= 10

    def test_one_file_told_of_many_times_is_read_only_as_far_as_there_is_room(self):
        packed = zipped(("a.txt", "мост " * 10_000))
        assert len(sorted_out(*[("a.zip", packed)] * 3).texts) == 3

    def test_more_entries_than_are_taken_are_refused_before_they_are_read(self):
        assert reasons(sorted_out(("a.zip", zipped(*((f"{n}.txt", b"x") for n in range(MOST_FILES + 1)))))) == [
            "crowded"
        ]

    @pytest.mark.parametrize("cut", [10, 60, -5])
    def test_a_broken_one_is_told(self, cut):
        assert reasons(sorted_out(("a.zip", zipped(("1.txt", TEXT))[:cut]))) == ["broken"]

    @given(st.binary(max_size=60), st.integers(0, 120))
    def test_no_change_of_its_bytes_is_too_much(self, other, place):
        packed = zipped(("1.txt", TEXT), ("2.txt", TEXT))
        sorting = sorted_out(("a.zip", packed[:place] + other + packed[place + len(other) :]))
        assert sum(len(text.content) for text in sorting.texts) <= MOST_SENT


class TestNames:
    @given(st.text(max_size=200))
    def test_every_name_becomes_a_plain_one_and_stays_it(self, name):
        plain = safe_name(name)
        assert PurePosixPath(plain).name == plain
        assert PureWindowsPath(plain).name == plain
        assert not plain.startswith((".", " "))
        assert plain.endswith(".txt")
        assert plain.isprintable()
        assert not set(plain) & set('<>:"/\\|?*\u202e')
        assert len(plain.encode()) <= 110
        assert safe_name(plain) == plain

    @pytest.mark.parametrize(
        ("name", "plain"),
        [
            ("112133.txt", "112133.txt"),
            ("Записка о мосте.md", "Записка о мосте.txt"),
            ("../../etc/passwd", "passwd.txt"),
            ("C:\\Users\\x\\con.TXT", "_con.txt"),
            ("nul", "_nul.txt"),
            ("", "file.txt"),
            ("...", "file.txt"),
            ("a\u202eb\0c\n.txt", "a_b_c_.txt"),
        ],
    )
    def test_such_as(self, name, plain):
        assert safe_name(name) == plain

    def test_two_of_one_name_are_told_apart_without_regard_to_case(self):
        sorting = Sorting()
        for name in ("a/Letter.txt", "b/letter.txt", "letter.md", "letter-2.txt"):
            sorting.take(name, b"x")
        assert [text.name for text in sorting.texts] == [
            "Letter.txt",
            "letter-2.txt",
            "letter-3.txt",
            "letter-2-2.txt",
        ]
