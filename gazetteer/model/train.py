#!/usr/bin/env python3
"""Train the linker's model from annotated documents.

usage: train.py GOLD_DIR... --entente PATH_TO_BINARY [--cases DIR] [--out linker.tsv] [--skip PATTERN]

Each GOLD_DIR holds one JSON file per document (format: gold/GUIDE.md) and the plain texts in docs/; the cases are
short items annotated sentence by sentence (format: cases.py).

First every sentence is read by itself. `entente observe` prints the linker's candidates with everything it observed
about them; this script aligns them with the annotation and fits four logistic regressions (scikit-learn, L-BFGS,
deterministic):

  link    is a pair of actors joined by cooperation in this sentence?
  kind    by this kind, given that it is joined?
  fact    does a fact or a hostile act hold between the two?
  status  planned, agreed, active, ended or rejected?

Cases are shorter and denser than real pages. So that they teach words and constructions but not how often things
happen, every observation counts twice in a whole document, once in common with the cases and once for documents alone
(Daume 2007, "Frustratingly Easy Domain Adaptation"); the two weights are added in the end.

Then the document is looked at as a whole. `entente observe --model` prints in numbers what its sentences say together,
and two more regressions answer

  pair    is the pair joined?
  tie     by this kind, given that it is joined?

They must learn from sentences that are read as well as unseen ones will be, so every document is measured with
sentence weights that were fitted without it (stacking, Wolpert 1992, "Stacked generalization"; FOLDS parts). Their
numbers are brought to one scale for fitting; the weights are written for the numbers as they are.

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
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

import cases

FACTS = {"participates", "acquires", "provides", "manufactures", "contracts", "represents"}
DIRECTED = {"transfer", "aid", "conflict"} | FACTS
NEAR = [{"programme", "agreement", "operation", "event", "organisation"}, {"company", "organisation"}]
STATUSES = ["planned", "agreed", "active", "ended", "rejected"]
# Pages of a folio teach who is joined and by what. Their statuses are not taught: with them those of annotated documents
# that nothing is trained on were right less often (0.656 instead of 0.666 on 28, 0.69 instead of 0.74 on 8).
FOLIO, JOINED = "-folio-", "joined"
GROUPS = ("mutual|", "flow|")
THRESHOLDS = {"link": 0.45, "lone": 0.35, "kind": 0.3, "fact": 0.3, "hostile": 0.3, "sentence": 0.1, "least": 0.1}
# A tie of probability p is right as often as p ** POWER: fitted on 28 annotated documents that are never trained on.
POWER = 1.7
STRENGTH = {"fact": 0.1, "kind": 0.05, "link": 0.2, "status": 0.1}
WHOLE = {"pair": 0.4, "tie": 0.2}
FOLDS = 5
# What the page is like tells less about pages of another sort than those trained on, so the likeliest sentence counts
# once more by itself: the odds of a pair are those of `pair`, times TRUST, and those of the sentence, times 1 - TRUST.
TRUST = 0.6
# log odds that the linker gives a pair that no sentence could join
NEVER = -7.0
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


def observe(entente, texts, *options):
    """Prints object by object what `entente observe` says of files, in their order."""
    command = [entente, "observe", *options, *texts]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            yield json.loads(line)
    if run.returncode:
        raise SystemExit(f"`entente observe` failed with status {run.returncode}")


class Names(dict):
    """Numbers the names it is asked for."""

    def __missing__(self, name):
        self[name] = len(self)
        return self[name]


def packed(rows, names):
    """Observations as numbers: a hundred thousand candidates with a hundred names each."""
    for _, _, c in rows:
        for of in ("links", "statuses"):
            c[of] = frozenset(names[f] for f in c[of])
    return rows


class Page:
    """An annotated document and what was observed in it."""

    def __init__(self, path, seen, names):
        self.text = path.parent / "docs" / (path.stem + ".txt")
        self.gold = json.loads(path.read_text(encoding="utf-8"))
        self.rows = packed(candidates(self.gold, seen), names)

    def whole(self, seen):
        """What the document shows as a whole: rows of (label, values) per part; ties of unjoined pairs are left out."""
        ids = align(self.gold["entities"], seen["entities"])
        truth = set(annotated(self.gold, ""))
        joined = {frozenset(key[1:]) for key in truth if key[0] not in FACTS and key[0] != "conflict"}
        out = {part: [] for part in WHOLE}
        for part in WHOLE:
            for row in seen["measured"][part + "s"]:
                a, b = ids.get(row["a"], row["a"]), ids.get(row["b"], row["b"])
                both = frozenset((a, b)) in joined
                if part == "pair":
                    out[part].append((both, row["values"]))
                elif both:
                    out[part].append((pair(row["kind"], a, b) in truth, row["values"]))
        return out, seen["measured"]["names"]


def documents(folder, skip, entente, names):
    """Documents of a gold folder."""
    files = sorted(f for f in folder.glob("*.json") if not (skip and fnmatch.fnmatch(f.name, skip)))
    texts = [str(folder / "docs" / (f.stem + ".txt")) for f in files]
    return [Page(path, seen, names) for path, seen in zip(files, observe(entente, texts))]


def short_items(folder, entente, names):
    """Candidates of the cases, case by case."""
    read = {c["id"]: c for path in sorted(folder.glob("*.txt")) for c in cases.parse(path)}
    out = []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for case in read.values():
            json.dump(cases.document(case), file, ensure_ascii=False)
            file.write("\n")
        file.flush()
        for seen in observe(entente, [file.name]):
            name = seen["id"].split("#")[-1]
            entities, truth = cases.annotation(read[name], seen["text"])
            ids = align(entities, seen["entities"])
            rows = []
            for c in seen["observed"]:
                a, b = ids.get(c["a"], c["a"]), ids.get(c["b"], c["b"])
                if a != b:
                    key = pair(c["kind"], a, b)
                    here = [s for f, t, s in truth.get(key, ()) if f < c["sentence"]["end"] - 1 and c["sentence"]["start"] < t - 1]
                    label = here[0] if here else None
                    rows.append((key, JOINED if label and FOLIO in name else label, c))
            out.append(packed(rows, names))
    return out


def sentence_sets(rows_of, names):
    """For every question about sentences its rows, labels and weights."""
    sets = {n: ([], [], []) for n in STRENGTH}

    def add(name, row, label, weight):
        for column, value in zip(sets[name], (row, label, weight)):
            column.append(value)

    scopes = {}
    for name, number in names.items():
        scope, _, rest = name.partition("|")
        if scope + "|" in GROUPS:
            scopes[number] = rest
    for rows in rows_of:
        learn(rows, add, lambda found: {names[scopes[f]] for _, c in found for f in c["links"] if f in scopes})
    return sets


def learn(rows, add, of_pair):
    groups = collections.Counter((c["kind"], c["sentence"]["start"], c["group"]) for _, _, c in rows)
    pairs = collections.defaultdict(list)
    for key, label, c in rows:
        if label in STATUSES:
            add("status", c["statuses"], label, 1.0)
        if c["kind"] in FACTS or c["kind"] == "conflict":
            if label != "":
                size = groups[(c["kind"], c["sentence"]["start"], c["group"])]
                add("fact", c["links"], bool(label), size ** -0.5)
        else:
            pairs[(c["sentence"]["start"], *sorted(key[1:]))].append((label, c))
    lists = collections.Counter((at, min(c["group"] for _, c in found)) for (at, *_), found in pairs.items())
    for (at, *_), found in pairs.items():
        joined = any(label for label, _ in found)
        if not joined and any(label == "" for label, _ in found):
            continue
        add("link", of_pair(found), joined, lists[(at, min(c["group"] for _, c in found))] ** -0.5)
        if joined:
            for label, c in found:
                if label != "":
                    add("kind", c["links"], bool(label), len(found) ** -0.5)


def table(rows, width):
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((f for row in rows for f in sorted(row)), dtype=np.int64, count=starts[-1])
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), width))


def fit(own, other, width, strength):
    """Weights of every observation, one row per class; `own` are rows of documents, `other` of cases."""
    ours, others = table(own[0], width), table(other[0], width)
    often = np.asarray(ours.sum(0) + others.sum(0)).ravel() >= RARE
    often_here = np.asarray(ours.sum(0)).ravel() >= RARE
    here = ours[:, often_here]
    nothing = csr_matrix((others.shape[0], here.shape[1]))
    x = hstack([vstack([ours, others]).tocsr()[:, often], vstack([here, nothing])]).tocsr()
    model = LogisticRegression(C=strength, max_iter=500, fit_intercept=False)
    model.fit(x, np.array(own[1] + other[1]), sample_weight=np.array(own[2] + other[2]))
    weights = np.zeros((model.coef_.shape[0], width))
    weights[:, often] += model.coef_[:, : often.sum()]
    weights[:, often_here] += model.coef_[:, often.sum():]
    return list(model.classes_), weights


def sentence_lines(pages, short, names, parts):
    """Lines of the model for questions about sentences."""
    own, other = sentence_sets((p.rows for p in pages), names), sentence_sets(short, names)
    lines = []
    for part in parts:
        classes, weights = fit(own[part], other[part], len(names), STRENGTH[part])
        order = [classes.index(s) for s in STATUSES] if part == "status" else [0]
        for name, number in names.items():
            w = weights[:, number]
            if np.abs(w).max() >= LEAST:
                lines.append(f"{part}\t{name}\t" + "\t".join(f"{w[i]:.3f}" for i in order))
        print(f"{part}: {len(own[part][0])} rows of documents, {len(other[part][0])} of cases")
    return lines


def measure(pages, short, names, entente):
    """Every document measured with sentence weights that were fitted without it."""
    rows, columns = {part: [] for part in WHOLE}, None
    for fold in range(FOLDS):
        with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
            rest = [p for i, p in enumerate(pages) if i % FOLDS != fold]
            file.write("\n".join(sentence_lines(rest, short, names, ["link", "kind", "fact"])) + "\n")
            file.flush()
            # in the order of the paths, as `entente` takes its inputs
            mine = sorted(pages[fold::FOLDS], key=lambda page: page.text)
            for page, seen in zip(mine, observe(entente, [str(p.text) for p in mine], "--model", file.name)):
                assert seen["id"].split("/")[-1] == page.text.name
                found, columns = page.whole(seen)
                for part in WHOLE:
                    rows[part] += [(label, values, 1 / len(found[part])) for label, values in found[part]]
    return rows, columns


def whole_lines(rows, columns):
    """Lines of the model for questions about documents; the weights are for the numbers as they are."""
    lines = []
    for (part, strength), names in zip(WHOLE.items(), columns):
        labels, values, weights = zip(*rows[part])
        x = np.array(values)
        mean, spread = x.mean(0), x.std(0)
        spread[spread < 1e-6] = np.inf
        model = LogisticRegression(C=strength, max_iter=3000)
        model.fit((x - mean) / spread, np.array(labels), sample_weight=np.array(weights))
        w = model.coef_[0] / spread
        w[names.index("bias")] = model.intercept_[0] - (w * mean).sum()
        if part == "pair":
            w *= TRUST
            w[names.index("best sentence")] += 1 - TRUST
            w[names.index("no sentence")] -= (1 - TRUST) * NEVER
        lines += [f"{part}\t{name}\t{w:.5f}" for name, w in zip(names, w) if abs(w) > 1e-5]
        print(f"{part}: {len(labels)} rows, {len(names)} numbers")
    return lines


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("gold", nargs="+", type=pathlib.Path)
    args.add_argument("--entente", required=True)
    args.add_argument("--cases", default=pathlib.Path(__file__).with_name("cases"), type=pathlib.Path)
    args.add_argument("--out", default=pathlib.Path(__file__).with_name("linker.tsv"), type=pathlib.Path)
    args.add_argument("--skip", default="", help="documents to leave out, a file name pattern")
    args = args.parse_args()
    names = Names()
    pages = [p for folder in args.gold for p in documents(folder, args.skip, args.entente, names)]
    short = short_items(args.cases, args.entente, names)
    for name in list(names):
        if name.startswith(GROUPS):
            names[name.split("|", 1)[1]]
    lines = [f"threshold\t{n}\t{p}" for n, p in {**THRESHOLDS, "power": POWER}.items()]
    lines += whole_lines(*measure(pages, short, names, args.entente))
    lines += sentence_lines(pages, short, names, STRENGTH)
    args.out.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
