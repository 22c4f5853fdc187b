#!/usr/bin/env python3
"""Read and check training cases: short items annotated sentence by sentence.

usage: cases.py FILE...   prints problems; nothing else means clean

    ## de-transfer-017                      a case begins: its name, the language first
    title: ...                              a headline, if it has one
    date: 2024-05-13                        when it was published, if that matters
    Berlin schickt Kiew zwölf PzH 2000.     one sentence a line, a blank line parts paragraphs
    = transfer agreed DEU > UKR             what the sentence above says: kind, status, parties
    = acquires agreed UKR > w:PzH 2000

Parties are ISO 3166-1 alpha-3 codes or, with a prefix (w: weapon, c: company, o: organisation, pr: programme,
ag: agreement, op: operation, ev: event), a form that stands in the text. Without `>` every pair of them is meant.
"""
import csv
import pathlib
import re
import sys

SYMMETRIC = {"agreement", "procurement", "development", "production", "training", "operation", "intelligence",
             "consultation", "cooperation"}
DIRECTED = {"transfer", "aid", "conflict", "participates", "acquires", "provides", "manufactures", "contracts"}
STATUSES = {"planned", "agreed", "active", "ended", "rejected"}
PREFIX = {"w": "weapon", "c": "company", "o": "organisation", "pr": "programme", "ag": "agreement", "op": "operation",
          "ev": "event"}
COUNTRIES = pathlib.Path(__file__).parent.parent / "entities" / "country.csv"


class Wrong(ValueError):
    """A line that is no case; says what was expected."""


def parse(path):
    """Cases of a file; `lines` holds (sentence, its statements), (None, []) between paragraphs."""
    out, case = [], None
    for number, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("## "):
            case = {"id": line[3:], "title": "", "date": "", "lines": [], "line": number}
            out.append(case)
        elif case is None:
            continue
        elif line.startswith(("title:", "date:")):
            name, _, value = line.partition(":")
            case[name] = value.strip()
        elif line.startswith("= "):
            if not case["lines"] or case["lines"][-1][0] is None:
                raise Wrong(f"{path}:{number}: expected a sentence before its statements, but found {line!r}")
            case["lines"][-1][1].append((number, line[2:].strip()))
        elif line:
            case["lines"].append((line, []))
        elif case["lines"] and case["lines"][-1][0] is not None:
            case["lines"].append((None, []))
    return out


def document(case):
    """The case as a line of JSONL that the program reads."""
    paragraphs, here = [], []
    for sentence, _ in [*case["lines"], (None, [])]:
        if sentence is not None:
            here.append(sentence)
        elif here:
            paragraphs.append(" ".join(here))
            here = []
    text = "\n\n".join(([case["title"]] if case["title"] else []) + paragraphs)
    return {"id": case["id"], "date": case["date"] or None, "language": case["id"][:2], "text": text}


def party(text):
    """Kind and name of a party."""
    found = re.match(r"(w|c|o|pr|ag|op|ev):\s*(.+)$", text.strip())
    return (PREFIX[found[1]], found[2].strip()) if found else ("country", text.strip())


def statement(text):
    """Kind, status, near and far parties of a statement."""
    found = re.match(r"(\w+) (\w+) (.+)$", text)
    if not found or found[1] not in SYMMETRIC | DIRECTED or found[2] not in STATUSES:
        raise Wrong(f"expected `kind status parties`, but found {text!r}")
    near, _, far = found[3].partition(">")
    a = [party(p) for p in near.split(",")]
    b = [party(p) for p in far.split(",")] if far else []
    if not b and (len(a) < 2 or found[1] in DIRECTED):
        raise Wrong(f"expected two parties, with `>` between those of a directed kind, but found {text!r}")
    return found[1], found[2], a, b


def annotation(case, text):
    """Entities of a case in the form of the gold, and for every (kind, a, b) where it stands and its status."""
    entities, truth, at = {}, {}, 0

    def number(kind, name):
        key = (kind, name if kind == "country" else name.casefold())
        entry = {"id": f"e{len(entities)}", "type": kind, "canonical": name, "mentions": [name]}
        return entities.setdefault(key, entry)["id"]

    for sentence, statements in case["lines"]:
        if sentence is None:
            continue
        start = max(text.find(sentence, at), at)
        at = min(start + len(sentence), len(text))
        for _, line in statements:
            kind, status, a, b = statement(line)
            near, far = [number(*p) for p in a], [number(*p) for p in b]
            pairs = [(x, y) for x in near for y in far] or [(x, y) for i, x in enumerate(near) for y in near[i + 1:]]
            for x, y in pairs:
                key = (kind, x, y) if kind in DIRECTED else (kind, *sorted((x, y)))
                truth.setdefault(key, []).append((start, at, status))
    return list(entities.values()), truth


def problems(paths):
    """What is wrong, one message each."""
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        codes = {row["id"].split(":")[-1] for row in csv.DictReader(file)}
    seen = set()
    for path in paths:
        for case in parse(path):
            if case["id"] in seen:
                yield f"{path}:{case['line']}: expected a new name, but {case['id']} was there before"
            seen.add(case["id"])
            text = document(case)["text"].casefold()
            for number, line in (s for _, statements in case["lines"] for s in statements):
                try:
                    _, _, a, b = statement(line)
                except Wrong as error:
                    yield f"{path}:{number}: {error}"
                    continue
                for kind, name in a + b:
                    if kind == "country" and name not in codes:
                        yield f"{path}:{number}: expected an ISO 3166-1 alpha-3 code or a prefix, but found {name!r}"
                    elif kind != "country" and name.casefold() not in text:
                        yield f"{path}:{number}: expected a form that stands in the case, but found {name!r}"


if __name__ == "__main__":
    found = list(problems(sys.argv[1:]))
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(found))
