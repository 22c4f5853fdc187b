"""What an analyst would write: spaCy finds the spellings, a sentence joins whom it names, NetworkX writes the graph.

    pipeline.py CORPUS FORMS OUT [DOCUMENTS]

prints documents, processor seconds without start (imports, matcher), and with it.
"""

import time

BEGIN = time.process_time()

import csv  # noqa: E402
import itertools  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from collections import defaultdict  # noqa: E402

import networkx  # noqa: E402
import spacy  # noqa: E402
from spacy.matcher import PhraseMatcher  # noqa: E402
from spacy.util import filter_spans  # noqa: E402

corpus, forms, out = sys.argv[1:4]
count = int(sys.argv[4]) if len(sys.argv) > 4 else None
os.makedirs(out, exist_ok=True)
entity, kind, by_kind = {}, {}, defaultdict(list)
for row in csv.DictReader(open(forms, encoding="utf8")):
    entity.setdefault(row["form"], row["entity"])
    kind[row["entity"]] = row["kind"]
    by_kind[row["kind"]].append(row["form"])
tools = {}
for language in ("de", "en"):
    nlp = spacy.blank(language)
    nlp.add_pipe("sentencizer")
    matcher = PhraseMatcher(nlp.vocab)
    for name, spellings in by_kind.items():
        matcher.add(name, list(nlp.tokenizer.pipe(spellings)))
    tools[language] = nlp, matcher
READY = time.process_time()
graph = networkx.Graph()
documents = [json.loads(line) for line in itertools.islice(open(corpus, encoding="utf8"), count)]
for language, (nlp, matcher) in tools.items():
    rows = [(row["text"], row) for row in documents if row["language"] == language]
    for parsed, row in nlp.pipe(rows, as_tuples=True):
        spans = sorted(filter_spans(matcher(parsed, as_spans=True)), key=lambda span: span.start)
        at = 0
        for sentence in parsed.sents:
            here = set()
            while at < len(spans) and spans[at].start < sentence.end:
                here.add(entity[spans[at].text])
                at += 1
            for name in sorted(here):
                graph.add_node(name, kind=kind[name])
            for pair in itertools.combinations(sorted(here), 2):
                if graph.has_edge(*pair):
                    graph.edges[pair]["weight"] += 1
                else:
                    graph.add_edge(*pair, weight=1, document=row["id"], date=row["date"])
networkx.write_graphml(graph, f"{out}/graph.graphml")
networkx.write_gexf(graph, f"{out}/graph.gexf")
with open(f"{out}/graph.dot", "w", encoding="utf8") as file:
    file.write("graph {\n")
    file.writelines(f'"{a}" -- "{b}" [weight={weight}];\n' for a, b, weight in graph.edges(data="weight"))
    file.write("}\n")
with open(f"{out}/edges.csv", "w", encoding="utf8", newline="") as file:
    table = csv.writer(file)
    table.writerows([a, b, *data.values()] for a, b, data in graph.edges(data=True))
end = time.process_time()
print(f"{len(documents)}\t{end - READY:.3f}\t{end - BEGIN:.3f}")
