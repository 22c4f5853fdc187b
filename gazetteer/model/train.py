#!/usr/bin/env python3
"""Train the linker's model from annotated documents.

usage: train.py GOLD_DIR... --entente PATH_TO_BINARY [--cases DIR] [--out linker.tsv] [--skip PATTERN]

Each GOLD_DIR holds one JSON file per document (format: gold/GUIDE.md) and the plain texts in docs/; the cases are
short items annotated sentence by sentence (format: cases.py). For every document `entente observe` prints the linker's
candidates with everything it observed about them; this script aligns them with the annotation and fits four logistic
regressions (scikit-learn, L-BFGS, deterministic):

  link    is a pair of actors joined by cooperation in this sentence?
  kind    by this kind, given that it is joined?
  fact    does a fact or a hostile act hold between the two?
  status  planned, agreed, active, ended or rejected?

Cases are shorter and denser than real pages. So that they teach words and constructions but not how often things
happen, every observation counts twice in a whole document, once in common with the cases and once for documents alone
(Daume 2007, "Frustratingly Easy Domain Adaptation"); the two weights are added in the end.

The weights go to linker.tsv, one observation a line, sorted; weights near zero are left out.
"""
import argparse
import collections
import fnmatch
import json
import pathlib
import subprocess
import tempfile

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import cases

FACTS = {"participates", "acquires", "provides", "manufactures", "contracts", "represents"}
DIRECTED = {"transfer", "aid", "conflict"} | FACTS
NEAR = [{"programme", "agreement", "operation", "event", "organisation"}, {"company", "organisation"}]
STATUSES = ["planned", "agreed", "active", "ended", "rejected"]
GROUPS = ("mutual|", "flow|")
THRESHOLDS = {"link": 0.45, "kind": 0.4, "fact": 0.3, "hostile": 0.3}
STRENGTH = {"fact": 0.1, "kind": 0.05, "link": 0.2, "status": 0.1}
# marks the copy of an observation that whole documents alone have
OWN = "~"
# smallest weight worth a line, and how often an observation must occur
LEAST, RARE = 0.03, 3


def pair(kind, a, b):
    return (kind, a, b) if kind in DIRECTED else (kind, *sorted((a, b)))


def overlaps(xs, ys):
    for x in (x.casefold().strip() for x in xs):
        for y in (y.casefold().strip() for y in ys):
            if x == y or (len(x) > 2 and x in y) or (len(y) > 2 and y in x):
                return True
    return False


def align(gold, entities):
    """Map the id of an entity found to the id of the annotated one, as the scorer does."""
    out = {}
    for e in entities:
        texts = [m["text"] for m in e["mentions"]] + [e["name"]]
        best = None
        for g in gold:
            if "country" in (g["type"], e["kind"]):
                if g["type"] == e["kind"] and e["id"] == "country:" + g["canonical"]:
                    best = g["id"]
                    break
                continue
            near = g["type"] == e["kind"] or any(g["type"] in s and e["kind"] in s for s in NEAR)
            if near and overlaps(texts, g["mentions"]):
                exact = any(t.casefold() == m.casefold() for t in texts for m in g["mentions"])
                if best is None or exact:
                    best = g["id"]
                    if exact and g["type"] == e["kind"]:
                        break
        out[e["id"]] = best or "found:" + e["id"]
    return out


def annotated(gold, text):
    """Annotated pairs with the places of their evidence and their status."""
    out = collections.defaultdict(list)
    for s in gold["statements"]:
        at = text.find(s["evidence"])
        a, b = s["a"], s.get("b") or []
        pairs = [(x, y) for x in a for y in b] if b else [(x, y) for i, x in enumerate(a) for y in a[i + 1:]]
        for x, y in pairs:
            out[pair(s["type"], x, y)].append((at, at + len(s["evidence"]), s["status"]))
    return out


def candidates(gold, seen):
    """Candidates of a document: label is the status where this sentence is evidence, '' where the
    document says it elsewhere (left out of training), None where it is not annotated."""
    ids = align(gold["entities"], seen["entities"])
    truth = annotated(gold, seen["text"])
    out = []
    for c in seen["observed"]:
        a, b = ids.get(c["a"], c["a"]), ids.get(c["b"], c["b"])
        if a == b:
            continue
        key = pair(c["kind"], a, b)
        label = None
        if key in truth:
            here = [s for f, t, s in truth[key] if f < c["sentence"]["end"] and c["sentence"]["start"] < t]
            label = here[0] if here else ""
        out.append((key, label, c))
    return out


def fit(rows, labels, weights, strength):
    """Names of the observations and their weights, one row per class (one row where there are two classes)."""
    counts = collections.Counter(f for row in rows for f in row)
    names = sorted(f for f, n in counts.items() if n >= RARE)
    index = {f: i for i, f in enumerate(names)}
    starts, columns = [0], []
    for row in rows:
        columns += sorted(index[f] for f in row if f in index)
        starts.append(len(columns))
    x = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(names)))
    model = LogisticRegression(C=strength, max_iter=500, fit_intercept=False)
    model.fit(x, labels, sample_weight=weights)
    sums = collections.defaultdict(lambda: np.zeros(model.coef_.shape[0]))
    for name, i in index.items():
        sums[name.removeprefix(OWN)] += model.coef_[:, i]
    return list(model.classes_), dict(sorted(sums.items()))


def observe(entente, texts):
    found = subprocess.run([entente, "observe", *texts], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in found.splitlines()]


def documents(folder, skip, entente):
    """Candidates of the documents of a gold folder, document by document."""
    files = sorted(f for f in folder.glob("*.json") if not (skip and fnmatch.fnmatch(f.name, skip)))
    for at in range(0, len(files), 16):
        some = files[at:at + 16]
        seen = observe(entente, [str(folder / "docs" / (f.stem + ".txt")) for f in some])
        for path, one in zip(some, seen):
            yield candidates(json.loads(path.read_text(encoding="utf-8")), one)


def short_items(folder, entente):
    """Candidates of the cases, case by case."""
    read = {c["id"]: c for path in sorted(folder.glob("*.txt")) for c in cases.parse(path)}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for case in read.values():
            json.dump(cases.document(case), file, ensure_ascii=False)
            file.write("\n")
        file.flush()
        for seen in observe(entente, [file.name]):
            entities, truth = cases.annotation(read[seen["id"].split("#")[-1]], seen["text"])
            ids = align(entities, seen["entities"])
            rows = []
            for c in seen["observed"]:
                a, b = ids.get(c["a"], c["a"]), ids.get(c["b"], c["b"])
                if a != b:
                    key = pair(c["kind"], a, b)
                    here = [s for f, t, s in truth.get(key, ()) if f < c["sentence"]["end"] - 1 and c["sentence"]["start"] < t - 1]
                    rows.append((key, here[0] if here else None, c))
            yield rows


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("gold", nargs="+", type=pathlib.Path)
    args.add_argument("--entente", required=True)
    args.add_argument("--cases", default=pathlib.Path(__file__).with_name("cases"), type=pathlib.Path)
    args.add_argument("--out", default=pathlib.Path(__file__).with_name("linker.tsv"), type=pathlib.Path)
    args.add_argument("--skip", default="", help="documents to leave out, a file name pattern")
    args = args.parse_args()
    sets = {n: ([], [], []) for n in STRENGTH}

    def add(name, row, label, weight):
        for column, value in zip(sets[name], (row, label, weight)):
            column.append(value)

    def add_own(name, row, label, weight):
        add(name, row | {OWN + f for f in row}, label, weight)

    for folder in args.gold:
        for rows in documents(folder, args.skip, args.entente):
            learn(rows, add_own)
    for rows in short_items(args.cases, args.entente):
        learn(rows, add)
    lines = [f"threshold\t{n}\t{p}" for n, p in THRESHOLDS.items()]
    for name, strength in STRENGTH.items():
        classes, weights = fit(*sets[name], strength)
        order = [classes.index(s) for s in STATUSES] if name == "status" else [0]
        for f, w in weights.items():
            if np.abs(w).max() >= LEAST:
                lines.append(f"{name}\t{f}\t" + "\t".join(f"{w[i]:.3f}" for i in order))
        print(f"{name}: {len(sets[name][0])} rows, {len(weights)} observations")
    args.out.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def learn(rows, add):
    groups = collections.Counter((c["kind"], c["sentence"]["start"], c["group"]) for _, _, c in rows)
    pairs = collections.defaultdict(list)
    for key, label, c in rows:
        if label:
            add("status", set(c["statuses"]), label, 1.0)
        if c["kind"] in FACTS or c["kind"] == "conflict":
            if label != "":
                size = groups[(c["kind"], c["sentence"]["start"], c["group"])]
                add("fact", set(c["links"]), bool(label), size ** -0.5)
        else:
            pairs[(c["sentence"]["start"], *sorted(key[1:]))].append((label, c))
    lists = collections.Counter((at, min(c["group"] for _, c in found)) for (at, *_), found in pairs.items())
    for (at, *_), found in pairs.items():
        joined = any(label for label, _ in found)
        if not joined and any(label == "" for label, _ in found):
            continue
        together = {f.split("|", 1)[1] for _, c in found for f in c["links"] if f.startswith(GROUPS)}
        add("link", together, joined, lists[(at, min(c["group"] for _, c in found))] ** -0.5)
        if joined:
            for label, c in found:
                if label != "":
                    add("kind", set(c["links"]), bool(label), len(found) ** -0.5)


if __name__ == "__main__":
    main()
