#!/usr/bin/env python3
"""Reads the files of a build with the libraries they are made for and compares the counts.

    readback.py DIR [COUNTS.json]

Needs networkx, igraph and the `dot` command. Any warning of a reader is a failure. The counts are those
of the CSV files, and of COUNTS.json if it is given: nodes, edges, statements, and the edges of each
format (graphml, gexf).
"""

import csv
import json
import subprocess
import sys
import tempfile
import warnings
import xml.etree.ElementTree as xml
from pathlib import Path

import igraph
import networkx

EDGE_TEXT = ("kind", "status", "evidence", "evidence_document")


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(folder):
    edges = rows(folder / "edges.csv")
    pairs = {frozenset((e["Source"], e["Target"])) for e in edges}
    typed = {(frozenset((e["Source"], e["Target"])), e["Kind"]) for e in edges}
    return {
        "nodes": len(rows(folder / "nodes.csv")),
        "edges": len(edges),
        "statements": len(rows(folder / "statements.csv")),
        "graphml": len(pairs),
        "gexf": len(typed),
    }


def read_networkx(folder, counts):
    labels = {row["Id"]: row["Label"] for row in rows(folder / "nodes.csv")}
    for read, name in ((networkx.read_graphml, "graphml"), (networkx.read_gexf, "gexf")):
        graph = read(folder / f"graph.{name}")
        same(f"networkx {name} nodes", graph.number_of_nodes(), counts["nodes"])
        same(f"networkx {name} edges", graph.number_of_edges(), counts[name])
        same(f"networkx {name} directed", graph.is_directed(), False)
        for node, data in graph.nodes(data=True):
            same(f"networkx {name} label of {node}", data["label"], labels[node])
        check_edges(f"networkx {name}", [data for _, _, data in graph.edges(data=True)])


def read_igraph(folder, counts):
    graph = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
    same("igraph graphml nodes", graph.vcount(), counts["nodes"])
    same("igraph graphml edges", graph.ecount(), counts["graphml"])
    same("igraph graphml directed", graph.is_directed(), False)
    check_edges("igraph graphml", [edge.attributes() for edge in graph.es])


def check_edges(reader, edges):
    for data in edges:
        if not data["weight"] >= 1:
            fail(f"{reader}: weight {data['weight']}")
        for key in EDGE_TEXT:
            if not isinstance(data.get(key), str):
                fail(f"{reader}: no {key} in {data}")


def read_graphviz(folder):
    """Graphviz must draw every node and line of the file, and say nothing."""
    dot = folder / "graph.dot"
    lines = [line.strip() for line in dot.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line.startswith('"')]
    with tempfile.TemporaryDirectory() as scratch:
        svg = Path(scratch) / "graph.svg"
        run = subprocess.run(["dot", "-Tsvg", str(dot), "-o", str(svg)], capture_output=True, text=True)
        if run.returncode or run.stderr.strip():
            fail(f"graphviz: {run.stderr.strip() or run.returncode}")
        groups = [g.get("class") for g in xml.parse(svg).iter("{http://www.w3.org/2000/svg}g")]
    drawn = sum('" -> "' in line for line in lines)
    same("graphviz lines", groups.count("edge"), drawn)
    same("graphviz nodes", groups.count("node"), len(lines) - drawn)
    same("graphviz boxes", groups.count("cluster"), dot.read_text(encoding="utf-8").count("subgraph"))


def same(what, found, wanted):
    if found != wanted:
        fail(f"{what}: expected {wanted!r}, but found {found!r}")


def fail(message):
    sys.exit(f"readback: {message}")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    warnings.simplefilter("error")
    folder = Path(sys.argv[1])
    counts = expected(folder)
    if len(sys.argv) == 3:
        for what, wanted in json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")).items():
            same(what, counts[what], wanted)
    read_networkx(folder, counts)
    read_igraph(folder, counts)
    read_graphviz(folder)
    print("readback:", ", ".join(f"{count} {what}" for what, count in counts.items()))


if __name__ == "__main__":
    main()
