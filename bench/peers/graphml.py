"""The graph of src/graphs.rs written by igraph or NetworkX: `graphml.py igraph|networkx FILE` prints processor seconds and bytes of the writing."""

import os
import random
import sys
import time

NODES, EDGES = 200_000, 1_000_000
who, path = sys.argv[1:3]
dice = random.Random(3)
nodes = [
    {"label": f"Entität & Co {i}", "type": ("country", "person", "weapon", "company")[i & 3], "count": i * 7 % 1000,
     "score": (i % 997) / 997, "first": "2024-03-01"}
    for i in range(NODES)
]  # fmt: skip
ends = [(dice.randrange(NODES), dice.randrange(NODES)) for _ in range(EDGES)]


def edge(i: int) -> dict:
    return {"rel": ("signs", "delivers", "meets", "buys")[i & 3], "weight": i % 50, "conf": (i % 991) / 991,
            "date": "2024-03-01", "source_doc": f"a{i % 10000}"}  # fmt: skip


if who == "networkx":
    import lxml  # noqa: F401  NetworkX writes with it if it is there
    import networkx

    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(enumerate(nodes))
    graph.add_edges_from((a, b, i, edge(i)) for i, (a, b) in enumerate(ends))
    write = networkx.write_graphml
else:
    import igraph

    graph = igraph.Graph(NODES, ends, directed=True)
    for name in nodes[0]:
        graph.vs[name] = [node[name] for node in nodes]
    edges = [edge(i) for i in range(EDGES)]
    for name in edges[0]:
        graph.es[name] = [row[name] for row in edges]
    write = type(graph).write_graphml
started = time.process_time()
write(graph, path)
print(f"{time.process_time() - started:.3f}\t{os.path.getsize(path)}")
os.remove(path)
