// Reads GraphML and GEXF with graphology and compares the counts with those of the CSV files.
//
//     node graphology.mjs DIR
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MultiGraph } from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

const [dir] = process.argv.slice(2);
const text = (name) => readFileSync(join(dir, name), "utf8");
const json = (name) => JSON.parse(text(name));

const wanted = { graph: json("graph.json"), multi: json("multi.json") };
for (const [format, parse] of [["graphml", graphml.parse ?? graphml], ["gexf", gexf.parse ?? gexf]]) {
  const graph = parse(MultiGraph, text(`multi.${format}`));
  same(`${format} nodes`, graph.order, wanted.multi.nodes.length);
  same(`${format} edges`, graph.size, wanted.multi.edges.length);
  for (const node of wanted.multi.nodes) {
    same(`${format} label of ${node.id}`, graph.getNodeAttribute(node.id, "label"), node.label);
  }
  const kinds = (edges) => edges.map((edge) => edge.status).sort().join();
  same(`${format} status`, kinds(graph.mapEdges((_, data) => data)), kinds(wanted.multi.edges));
}
console.log(`readback by graphology: ${wanted.multi.nodes.length} nodes, ${wanted.multi.edges.length} edges`);

function same(what, found, expected) {
  if (found !== expected) {
    console.error(`readback: ${what}: expected ${expected}, but found ${found}`);
    process.exit(1);
  }
}
