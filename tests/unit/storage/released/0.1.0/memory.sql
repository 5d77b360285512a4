PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE alone (names TEXT PRIMARY KEY, label TEXT) WITHOUT ROWID;
INSERT INTO "alone" VALUES('movie tmdb 11','Star Wars');
CREATE TABLE answers (
        person TEXT, name TEXT, kind TEXT, depth TEXT, words TEXT, is_old INTEGER, seen INTEGER,
        PRIMARY KEY (person, name)
    ) WITHOUT ROWID;
INSERT INTO "answers" VALUES('51c12239ee9a3ad0','movie tmdb 949','movie','','{"film":1709323200}',0,20601);
INSERT INTO "answers" VALUES('51c12239ee9a3ad0','show tvdb 334824','show','episodes,specials','{"counts":[[1,1]],"seasons":[[1,[[1,1709323200],[2,null]]]]}',0,20601);
INSERT INTO "answers" VALUES('51c12239ee9a3ad0','show tvdb 334824
0x1','show','','{"counts":[[0,1]],"seasons":[[0,[[1,0]]]]}',0,20601);
CREATE TABLE made (
        file TEXT PRIMARY KEY, kind TEXT, dbid INTEGER, playcount INTEGER, lastplayed TEXT,
        old_playcount INTEGER, old_lastplayed TEXT, at INTEGER, person TEXT,
        theirs TEXT
    ) WITHOUT ROWID;
INSERT INTO "made" VALUES('/films/Heat.mkv','movie',1,1,'2024-03-01 21:00:00',0,'',1780000000,'51c12239ee9a3ad0','');
INSERT INTO "made" VALUES('/films/Ronin.mkv','movie',2,1,'2024-03-01 21:00:00',0,'',1780000000,'51c12239ee9a3ad0','by hand');
CREATE TABLE moves (person TEXT, kind TEXT, at TEXT, PRIMARY KEY (person, kind)) WITHOUT ROWID;
INSERT INTO "moves" VALUES('51c12239ee9a3ad0','movie','2026-05-01T10:00:00Z');
CREATE TABLE removed (
        kind TEXT, dbid INTEGER, names TEXT, season INTEGER, episode INTEGER, at INTEGER,
        person TEXT, PRIMARY KEY (kind, dbid)
    ) WITHOUT ROWID;
INSERT INTO "removed" VALUES('episode',7,'show tvdb 334824',1,2,1767312000,'');
CREATE TABLE said (what TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO "said" VALUES('welcome');
COMMIT;
