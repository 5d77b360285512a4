"""Which add-ons are enabled, written before Kodi starts.

Kodi disables an add-on that it finds for the first time and asks in a dialog over the home
screen. An add-on that its database knows as enabled is simply there, and its service starts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

# As Kodi 20 and 21 create it; Kodi adds its own add-ons to `installed` by itself.
_NAME = "Addons33.db"
_SCHEMA = """
CREATE TABLE version (idVersion integer, iCompressCount integer);
INSERT INTO version VALUES (33, 0);
CREATE TABLE addons (id INTEGER PRIMARY KEY, metadata BLOB, addonID TEXT NOT NULL,
  version TEXT NOT NULL, name TEXT NOT NULL, summary TEXT NOT NULL, news TEXT NOT NULL,
  description TEXT NOT NULL);
CREATE TABLE repo (id integer primary key, addonID text, checksum text, lastcheck text,
  version text, nextcheck TEXT);
CREATE TABLE addonlinkrepo (idRepo integer, idAddon integer);
CREATE TABLE update_rules (id integer primary key, addonID TEXT, updateRule INTEGER);
CREATE TABLE package (id integer primary key, addonID text, filename text, hash text);
CREATE TABLE installed (id INTEGER PRIMARY KEY, addonID TEXT UNIQUE, enabled BOOLEAN,
  installDate TEXT, lastUpdated TEXT, lastUsed TEXT, origin TEXT NOT NULL DEFAULT '',
  disabledReason INTEGER NOT NULL DEFAULT 0);
CREATE INDEX idxAddons ON addons(addonID);
CREATE UNIQUE INDEX ix_addonlinkrepo_1 ON addonlinkrepo (idAddon, idRepo);
CREATE UNIQUE INDEX ix_addonlinkrepo_2 ON addonlinkrepo (idRepo, idAddon);
CREATE UNIQUE INDEX idxUpdate_rules ON update_rules(addonID, updateRule);
CREATE UNIQUE INDEX idxPackage ON package(filename);
"""


def enable(databases: Path, addon_ids: Iterable[str]) -> None:
    """Enable the add-ons in a home whose Kodi is not running; one known already stays as it is."""
    databases.mkdir(parents=True, exist_ok=True)
    file = databases / _NAME
    is_new = not file.exists()
    with closing(sqlite3.connect(file)) as database, database:
        if is_new:
            database.executescript(_SCHEMA)
        database.executemany(
            "INSERT OR IGNORE INTO installed (addonID, enabled, installDate) VALUES (?, 1, ?)",
            [(addon_id, "2020-01-01 00:00:00") for addon_id in addon_ids],
        )
