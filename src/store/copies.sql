-- One row is what the text of a document is known by; short texts have none.
CREATE TABLE sketches (
    document INTEGER PRIMARY KEY REFERENCES documents,
    sketch   BLOB NOT NULL      -- hashes of 32 bits, little endian, sorted
);

-- One row is a document that is a copy, or of which there are copies; `story` is the id of the first of them.
-- The table follows from `sketches`. After a change it is out of date and `state` says so.
CREATE TABLE copies (
    document INTEGER PRIMARY KEY REFERENCES documents,
    story    TEXT NOT NULL
);
CREATE TABLE state (copies_are_known INTEGER NOT NULL);
INSERT INTO state VALUES (0);
