"""Named migrations of the ledger, applied in order, each once."""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "0001_readings",
        """
        CREATE TABLE reading (
            report TEXT PRIMARY KEY, input_id TEXT, url TEXT, title TEXT, source TEXT, published TEXT,
            method TEXT NOT NULL, superseded_by TEXT, body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX reading_url ON reading (url);
        CREATE TABLE claim (
            id TEXT NOT NULL, report TEXT NOT NULL REFERENCES reading (report) ON DELETE CASCADE,
            predicate TEXT NOT NULL, block TEXT NOT NULL, PRIMARY KEY (report, id)
        ) STRICT;
        CREATE INDEX claim_id ON claim (id);
        CREATE TABLE reference (
            report TEXT NOT NULL REFERENCES reading (report) ON DELETE CASCADE,
            kind TEXT NOT NULL, referent TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE,
            PRIMARY KEY (report, kind, referent, name)
        ) STRICT;
        CREATE INDEX reference_name ON reference (kind, name);
        CREATE INDEX reference_referent ON reference (referent);
        CREATE TABLE incident (
            id TEXT NOT NULL, report TEXT NOT NULL REFERENCES reading (report) ON DELETE CASCADE,
            PRIMARY KEY (report, id)
        ) STRICT;
        CREATE INDEX incident_id ON incident (id);
        """,
    ),
)
