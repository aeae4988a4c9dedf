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
)

JUDGEMENT_MIGRATIONS: Migrations = (
    (
        "judgements_0001",
        (
            """CREATE TABLE judgement (
                number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subjects TEXT NOT NULL,
                author TEXT NOT NULL, time TEXT NOT NULL, reason TEXT NOT NULL,
                undoes TEXT REFERENCES judgement (id)
            ) STRICT""",
            """CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement
                BEGIN SELECT raise(ABORT, 'judgements are never changed'); END""",
            """CREATE TRIGGER judgement_is_kept BEFORE DELETE ON judgement
                BEGIN SELECT raise(ABORT, 'judgements are never deleted'); END""",
        ),
    ),
)
"""The people's database, one statement an item; named apart from the ledger's, whose file is rebuilt at will."""
