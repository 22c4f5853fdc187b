-- The format of a store. `user_version` is its version, `application_id` marks the file as ours.
-- Nothing here is an edge: the graph is worked out from the statements (`derived.sql`).

CREATE TABLE documents (
    key      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    source   TEXT NOT NULL,
    title    TEXT NOT NULL,
    date     TEXT,
    language TEXT NOT NULL,
    hash     TEXT UNIQUE,       -- of source and text; null if not known
    digest   TEXT NOT NULL      -- of everything that was read from it
);

CREATE TABLE entities (
    key   INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    kind  TEXT NOT NULL,
    name  TEXT NOT NULL,
    known INTEGER NOT NULL
);

-- One row is an entity in a document; `places` is a JSON list of every mention.
CREATE TABLE mentions (
    key      INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents,
    entity   INTEGER NOT NULL REFERENCES entities,
    variant  TEXT,              -- how the document gives kind, name and known, where the entity has others
    count    INTEGER NOT NULL,
    places   TEXT NOT NULL
);

CREATE TABLE statements (
    key        INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES documents,
    id         TEXT NOT NULL,
    kind       TEXT NOT NULL,
    status     TEXT NOT NULL,
    earliest   TEXT,
    latest     TEXT,
    confidence REAL NOT NULL,
    statement  TEXT NOT NULL    -- all of it, as JSON
);

-- One row is an entity that a statement speaks of; `part` is subject, object, about or speaker.
CREATE TABLE parties (
    statement INTEGER NOT NULL REFERENCES statements,
    entity    INTEGER NOT NULL REFERENCES entities,
    part      TEXT NOT NULL,
    PRIMARY KEY (statement, part, entity)
) WITHOUT ROWID;
