-- What the graph of all statements says, so that a question reads only what it is about. Worked out from the tables above
-- when a store is finished, never the other way round: a change of the documents empties these tables in the same
-- transaction, and then the statements are asked.

-- One row if the tables below hold: what they were worked out with.
CREATE TABLE graph (
    schema TEXT NOT NULL,       -- a hash of the kinds
    last   TEXT                 -- publication of the latest document
);

-- Numbered in the order of ids.
CREATE TABLE nodes (
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL,
    label      TEXT NOT NULL,
    known      INTEGER NOT NULL,
    documents  INTEGER NOT NULL,
    mentions   INTEGER NOT NULL,
    first_seen TEXT,
    last_seen  TEXT
);

-- One row is all that is said of one kind from one entity to another.
CREATE TABLE edges (
    key         INTEGER PRIMARY KEY,
    subject     INTEGER NOT NULL REFERENCES nodes,
    kind        TEXT NOT NULL,
    object      INTEGER NOT NULL REFERENCES nodes,
    directed    INTEGER NOT NULL,
    status      TEXT NOT NULL,
    sources     INTEGER NOT NULL,
    documents   INTEGER NOT NULL,
    copies      INTEGER NOT NULL,
    statements  INTEGER NOT NULL,
    confidence  REAL NOT NULL,
    since       TEXT,
    precision   TEXT,
    until       TEXT,
    first_seen  TEXT,
    last_seen   TEXT,
    about       TEXT NOT NULL,  -- a JSON list of nodes
    roles       TEXT NOT NULL,  -- a JSON list
    instruments TEXT NOT NULL,  -- a JSON list
    best        INTEGER NOT NULL REFERENCES statements,
    told_by     BLOB NOT NULL,  -- the keys of its statements: differences as LEB128
    told_in     BLOB NOT NULL   -- the keys of their documents, likewise
);

-- One row is a pair of actors, the strongest tie first.
CREATE TABLE ties (
    key         INTEGER PRIMARY KEY,
    a           INTEGER NOT NULL REFERENCES nodes,
    b           INTEGER NOT NULL REFERENCES nodes,
    strength    REAL NOT NULL,
    cooperative INTEGER NOT NULL,
    hostile     INTEGER NOT NULL,
    status      TEXT NOT NULL,
    sources     INTEGER NOT NULL,
    documents   INTEGER NOT NULL,
    copies      INTEGER NOT NULL,
    statements  INTEGER NOT NULL,
    confidence  REAL NOT NULL,
    since       TEXT,
    precision   TEXT,
    until       TEXT,
    first_seen  TEXT,
    last_seen   TEXT,
    about       TEXT NOT NULL,
    roles       TEXT NOT NULL,
    instruments TEXT NOT NULL
);

-- Answers about everything there is, as JSON.
CREATE TABLE answers (
    question TEXT PRIMARY KEY,
    answer   TEXT NOT NULL
) WITHOUT ROWID;
