-- What finds the rows of what the graph says. A new store has them when all its rows are there.

CREATE INDEX nodes_of_label ON nodes (label COLLATE NOCASE);
CREATE INDEX edges_of_subject ON edges (subject, object, kind, status, sources);
CREATE INDEX edges_of_object ON edges (object, subject, kind, status, sources);
CREATE INDEX ties_of_a ON ties (a, b);
CREATE INDEX ties_of_b ON ties (b, a);
