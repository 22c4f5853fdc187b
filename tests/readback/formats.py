#!/usr/bin/env python3
"""Reads the exports of a store with the programs they are made for and compares nodes, edges and attributes.

    formats.py DIR        DIR holds what `.ci/run` exports; any warning of a reader is a failure

Needs networkx, igraph, duckdb, rdflib and lxml.
"""

import csv
import json
import os
import sys
import warnings
from pathlib import Path

import duckdb
import igraph
import networkx
import rdflib
from lxml import etree

SCHEMAS = {"graphml": "graphml.xsd", "gexf": "gexf.xsd"}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    warnings.simplefilter("error")
    folder = Path(sys.argv[1])
    counts = expected(folder)
    read_networkx(folder, counts)
    read_cytoscape(folder, counts)
    read_igraph(folder, counts)
    read_tables(folder, counts)
    read_gephi(folder, counts)
    read_neo4j(folder, counts)
    read_parquet(folder, counts)
    read_turtle(folder, counts)
    check_schemas(folder)
    print("readback of exports:", ", ".join(f"{count} {what}" for what, count in counts.items()))


def rows(path, delimiter=",", encoding="utf-8"):
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def expected(folder):
    edges = rows(folder / "edges.csv")
    return {
        "nodes": len(rows(folder / "nodes.csv")),
        "edges": len(edges),
        "pairs": len({frozenset((e["Source"], e["Target"])) for e in edges}),
        "typed": len({(frozenset((e["Source"], e["Target"])), e["Kind"]) for e in edges}),
        "statements": len(rows(folder / "statements.csv")),
        "dyads": len(rows(folder / "dyads.csv")),
    }


def attributes(pairs):
    """How many values each attribute has."""
    counts = {}
    for data in pairs:
        for key, value in data.items():
            if value is not None and value != "":
                counts[key] = counts.get(key, 0) + 1
    return counts


def read_networkx(folder, counts):
    """Node-link, GraphML and GEXF of one graph have the same nodes, edges and attributes."""
    link = networkx.node_link_graph(json.loads((folder / "graph.json").read_text("utf-8")))
    graphml = networkx.read_graphml(folder / "graph.graphml")
    same("json nodes", link.number_of_nodes(), counts["nodes"])
    same("json edges", link.number_of_edges(), counts["pairs"])
    same("json and graphml nodes", dict(link.nodes(data=True)), dict(graphml.nodes(data=True)))
    of = lambda graph: attributes(data for _, _, data in graph.edges(data=True))
    found, wanted = of(link), of(graphml)
    wanted.pop("edgelabel", None)
    found.pop("id", None)
    wanted.pop("id", None)
    same("json and graphml edge attributes", found, wanted)
    gexf = networkx.read_gexf(folder / "graph.gexf")
    same("gexf nodes", gexf.number_of_nodes(), counts["nodes"])
    same("gexf edges", gexf.number_of_edges(), counts["typed"])
    multi = networkx.node_link_graph(json.loads((folder / "multi.json").read_text("utf-8")))
    same("multi json edges", multi.number_of_edges(), counts["edges"])
    for name, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        multi = read(folder / f"multi.{name}")
        same(f"multi {name} edges", multi.number_of_edges(), counts["edges"])


def read_cytoscape(folder, counts):
    graph = networkx.cytoscape_graph(json.loads((folder / "graph.cyjs").read_text("utf-8")))
    same("cytoscape nodes", graph.number_of_nodes(), counts["nodes"])
    same("cytoscape edges", graph.number_of_edges(), counts["pairs"])


def read_igraph(folder, counts):
    graph = igraph.Graph.Read_GraphML(str(folder / "multi.graphml"))
    same("igraph nodes", graph.vcount(), counts["nodes"])
    same("igraph edges", graph.ecount(), counts["edges"])


def read_tables(folder, counts):
    """DuckDB guesses types from all rows and must take every row."""
    for name in ("nodes", "edges", "statements", "dyads"):
        query = f"SELECT count(*) FROM read_csv('{folder / name}.csv', header=true, strict_mode=true)"
        same(f"duckdb {name}", duckdb.sql(query).fetchall()[0][0], counts[name])
        excel = rows(folder / "excel" / f"{name}.csv", delimiter=";", encoding="utf-8-sig")
        same(f"excel {name}", len(excel), counts[name])


def read_gephi(folder, counts):
    nodes, edges = rows(folder / "gephi" / "nodes.csv"), rows(folder / "gephi" / "edges.csv")
    same("gephi nodes", len(nodes), counts["nodes"])
    same("gephi edges", len(edges), counts["typed"])
    for row in edges:
        same("gephi type", row["Type"], "Undirected")
        if row["timeset"] and not (row["timeset"].startswith("<[") and row["timeset"].endswith("]>")):
            fail(f"gephi timeset {row['timeset']}")
    heads = {head.lower() for head in nodes[0]}
    if heads & {"source", "target"}:
        fail("gephi would take nodes.csv for edges")


def read_neo4j(folder, counts):
    nodes = rows(folder / "neo4j-nodes.csv")
    same("neo4j nodes", len(nodes), counts["nodes"])
    ids = {row["entityId:ID"] for row in nodes}
    edges = rows(folder / "neo4j-relationships.csv")
    same("neo4j relationships", len(edges), counts["edges"])
    for row in edges:
        if row[":START_ID"] not in ids or row[":END_ID"] not in ids or not row[":TYPE"].isupper():
            fail(f"neo4j relationship {row}")


def read_parquet(folder, counts):
    path = folder / "statements.parquet"
    table = duckdb.sql(f"SELECT * FROM '{path}'")
    same("parquet rows", len(table), counts["statements"])
    same("parquet columns", table.columns, list(rows(folder / "statements.csv")[0]))
    theirs = duckdb.sql(
        f"SELECT count(*) FROM '{path}' p JOIN read_csv('{folder}/statements.csv', header=true, all_varchar=true) c "
        "ON p.id = c.id AND p.sentence = c.sentence AND coalesce(p.subjects, '') = coalesce(c.subjects, '') "
        "AND p.confidence = c.confidence::DOUBLE AND p.earliest IS NOT DISTINCT FROM c.earliest::DATE"
    )
    same("parquet and csv", theirs.fetchall()[0][0], counts["statements"])


def read_turtle(folder, counts):
    graph = rdflib.Graph().parse(folder / "graph.ttl")
    terms = rdflib.Namespace("urn:entente:terms:")
    said = set(graph.subjects(rdflib.RDF.type, terms.statement))
    same("rdflib statements", len(said), counts["statements"])
    named = set(graph.subjects(terms.known, None))
    same("rdflib entities", len(named), counts["nodes"])
    for statement in said:
        if graph.value(statement, terms.kind) is None or graph.value(statement, terms.status) is None:
            fail(f"rdflib: {statement} has no kind or status")
    edges = sum(1 for s, p, o in graph if str(s).startswith("urn:entente:entity:") and str(o).startswith("urn:entente:entity:"))
    same("rdflib edges", edges, counts["edges"])


def check_schemas(folder):
    """The schemas beside this file, or those of a folder that is named."""
    place = Path(os.environ.get("ENTENTE_SCHEMAS") or Path(__file__).parent / "schemas")
    for name, schema in SCHEMAS.items():
        check = etree.XMLSchema(etree.parse(place / schema))
        for file in (f"graph.{name}", f"multi.{name}"):
            tree = etree.parse(folder / file)
            if not check.validate(tree):
                fail(f"{file}: {check.error_log.last_error}")
            declared = {column.get("id") for column in tree.iter("{*}key", "{*}attribute")}
            for value in tree.iter("{*}data", "{*}attvalue"):
                if (value.get("key") or value.get("for")) not in declared:
                    fail(f"{file}: no column {dict(value.attrib)}")


def same(what, found, wanted):
    if found != wanted:
        fail(f"{what}: expected {str(wanted)[:400]}, but found {str(found)[:400]}")


def fail(message):
    sys.exit(f"readback: {message}")


if __name__ == "__main__":
    main()
