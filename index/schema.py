"""The tables of the catalogue; index/manifest.py has the number of their version."""

SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, url TEXT, fields TEXT NOT NULL,
    date TEXT, earliest TEXT, latest TEXT, path TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT;
CREATE TABLE texts (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, language TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (document, language)) STRICT;
CREATE TABLE refs (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL,
    archive_key TEXT, fond_key TEXT, opis_key TEXT, delo_key TEXT, file_key TEXT, reference TEXT NOT NULL,
    PRIMARY KEY (document, position)) STRICT;
CREATE TABLE passages (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL, spans TEXT NOT NULL, confidence REAL NOT NULL) STRICT;
CREATE TABLE beads (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL,
    ru_start INTEGER, ru_end INTEGER, en_start INTEGER, en_end INTEGER, confidence REAL NOT NULL,
    departures TEXT NOT NULL,
    PRIMARY KEY (document, position)) STRICT, WITHOUT ROWID;
CREATE TABLE sentences (
    passage TEXT NOT NULL REFERENCES passages ON DELETE CASCADE, language TEXT NOT NULL,
    spans TEXT NOT NULL, vectors BLOB NOT NULL,
    PRIMARY KEY (passage, language)) STRICT;
CREATE INDEX documents_path ON documents (path);
CREATE INDEX texts_beginning ON texts (language, length(words), substr(words, 1, 100));
CREATE INDEX documents_dates ON documents (earliest, latest);
CREATE INDEX refs_archive ON refs (archive_key, fond_key, opis_key, delo_key);
CREATE INDEX refs_file ON refs (file_key);
CREATE INDEX passages_document ON passages (document, position);
"""
