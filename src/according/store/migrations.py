"""Named migrations of the ledger and of people's judgements, applied in order, each once."""

from __future__ import annotations

Migrations = tuple[tuple[str, tuple[str, ...]], ...]

MIGRATIONS: Migrations = (
    (
        "0001_readings",
        (
            """CREATE TABLE reading (
                report TEXT PRIMARY KEY, input_id TEXT, url TEXT, title TEXT, source TEXT, published TEXT,
                method TEXT NOT NULL, superseded_by TEXT, body BLOB NOT NULL
            ) STRICT""",
            "CREATE INDEX reading_url ON reading (url)",
            """CREATE TABLE claim (
                id TEXT NOT NULL, report TEXT NOT NULL REFERENCES reading (report) ON DELETE CASCADE,
            predicate TEXT NOT NULL, block TEXT NOT NULL, PRIMARY KEY (report, id)
            ) STRICT""",
            "CREATE INDEX claim_id ON claim (id)",
            """CREATE TABLE reference (
                report TEXT NOT NULL REFERENCES reading (report) ON DELETE CASCADE,
                kind TEXT NOT NULL, referent TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE,
                PRIMARY KEY (report, kind, referent, name)
            ) STRICT""",
            "CREATE INDEX reference_name ON reference (kind, name)",
            "CREATE INDEX reference_referent ON reference (referent)",
            """CREATE TABLE incident (
                id TEXT NOT NULL, report TEXT NOT NULL REFERENCES reading (report) ON DELETE CASCADE,
                PRIMARY KEY (report, id)
            ) STRICT""",
            "CREATE INDEX incident_id ON incident (id)",
        ),
    ),
    (
        "0002_history",
        (
            "CREATE TABLE run (id TEXT PRIMARY KEY, at TEXT NOT NULL, reports INTEGER NOT NULL) STRICT",
            """CREATE TABLE known (
                id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, body BLOB NOT NULL
            ) STRICT""",
            """CREATE TABLE change (
                run TEXT NOT NULL REFERENCES run (id), at TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
                name TEXT NOT NULL, field TEXT NOT NULL, old TEXT, new TEXT
            ) STRICT""",
            "CREATE INDEX change_at ON change (at)",
            "CREATE TABLE former (id TEXT PRIMARY KEY, claims BLOB NOT NULL) STRICT",
        ),
    ),
    (
        "0003_linked",
        (
            "CREATE TABLE linked_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
            """CREATE TABLE linked_incident (
                number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, predicate TEXT NOT NULL,
                day TEXT NOT NULL, last TEXT NOT NULL, place TEXT, country TEXT, precision TEXT,
                longitude REAL, latitude REAL, grade TEXT NOT NULL, status TEXT NOT NULL,
                least INTEGER, most INTEGER, body BLOB NOT NULL
            ) STRICT""",
            "CREATE INDEX linked_incident_day ON linked_incident (day, id)",
            "CREATE INDEX linked_incident_country ON linked_incident (country, day, id)",
            "CREATE INDEX linked_incident_place ON linked_incident (place, day, id)",
            "CREATE INDEX linked_incident_predicate ON linked_incident (predicate, day, id)",
            "CREATE INDEX linked_incident_grade ON linked_incident (grade, day, id)",
            "CREATE VIRTUAL TABLE linked_box USING rtree (number, west, east, south, north)",
            """CREATE TABLE linked_member (
                claim TEXT PRIMARY KEY, number INTEGER NOT NULL, report TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX linked_member_number ON linked_member (number)",
            "CREATE INDEX linked_member_report ON linked_member (report)",
            """CREATE TABLE linked_blamed (
                actor TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (actor, number)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX linked_blamed_number ON linked_blamed (number)",
            "CREATE TABLE linked_spell (number INTEGER PRIMARY KEY, place TEXT NOT NULL, body BLOB NOT NULL) STRICT",
            "CREATE INDEX linked_spell_place ON linked_spell (place)",
            """CREATE TABLE linked_tie (
                number INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, body BLOB NOT NULL
            ) STRICT""",
            "CREATE INDEX linked_tie_source ON linked_tie (source)",
            "CREATE INDEX linked_tie_target ON linked_tie (target)",
            """CREATE TABLE linked_report (
                report TEXT PRIMARY KEY, published TEXT NOT NULL, source TEXT, title TEXT, url TEXT, body BLOB
            ) STRICT""",
            "CREATE INDEX linked_report_published ON linked_report (published, report)",
            """CREATE TABLE linked_mention (
                report TEXT NOT NULL, kind TEXT NOT NULL, referent TEXT NOT NULL, name TEXT NOT NULL,
                place BLOB, PRIMARY KEY (report, kind, referent)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX linked_mention_referent ON linked_mention (kind, referent)",
            """CREATE TABLE linked_entry (
                number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, report TEXT
            ) STRICT""",
            "CREATE INDEX linked_entry_id ON linked_entry (kind, id)",
            "CREATE INDEX linked_entry_report ON linked_entry (report)",
            """CREATE VIRTUAL TABLE linked_text USING fts5 (
                title, text, tokenize = "unicode61 remove_diacritics 2", prefix = '3'
            )""",
        ),
    ),
    (
        "0004_shown_claims",
        (
            """CREATE TABLE linked_claim (
                claim TEXT PRIMARY KEY, report TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX linked_claim_report ON linked_claim (report)",
        ),
    ),
    (
        "0005_known_on",
        (
            "ALTER TABLE linked_incident ADD COLUMN out TEXT",
            """CREATE TABLE linked_version (
                number INTEGER NOT NULL, out TEXT NOT NULL, grade TEXT NOT NULL, status TEXT NOT NULL,
                least INTEGER, most INTEGER, PRIMARY KEY (number, out)
            ) STRICT, WITHOUT ROWID""",
            "CREATE TABLE linked_town (place TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID",
            "DELETE FROM linked_state",
        ),
    ),
    (
        "0006_shown_history",
        (
            """CREATE TABLE linked_change (
                number INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
                name TEXT NOT NULL, field TEXT NOT NULL, old TEXT, new TEXT
            ) STRICT""",
            "CREATE INDEX linked_change_id ON linked_change (id)",
            "CREATE INDEX linked_change_new ON linked_change (new) WHERE field IN ('id', 'merged into')",
        ),
    ),
    (
        "0007_said",
        (
            "CREATE TABLE unreferred (report TEXT PRIMARY KEY REFERENCES reading (report) ON DELETE CASCADE) STRICT",
            "INSERT INTO unreferred SELECT report FROM reading",
        ),
    ),
)
