-- What finds the rows of the tables. A new store has them when all its rows are there: then each is sorted once.

CREATE INDEX mentions_of_document ON mentions (document);
CREATE INDEX mentions_of_entity ON mentions (entity);
CREATE INDEX statements_of_document ON statements (document);
CREATE INDEX statements_of_kind ON statements (kind, earliest);
CREATE INDEX parties_of_entity ON parties (entity);
