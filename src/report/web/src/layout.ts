// ForceAtlas2 in slices of a frame: the page stays quick while the nodes find their places, and it stops by itself.

import type Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import { assignLayoutChanges, graphToByteArrays } from "graphology-layout-forceatlas2/helpers";
import iterate from "graphology-layout-forceatlas2/iterate";
import defaults from "graphology-layout-forceatlas2/defaults";

/** Time for the layout in a frame, milliseconds. */
const SLICE = 9;
/** Rounds of the layout. */
const ROUNDS = 500;
/** Up to so many nodes the layout is done before anything is shown. */
const AT_ONCE = 150;
/** From so many lines on, drawing a round takes longer than working it out. */
export const MANY = 2500;
/** Places of a node's x and y in the matrix, and numbers a node. */
const NODE = 10;
/** It is settled when a round moves nodes by less than this share of the width of all, on the average. */
const SETTLED = 0.0005;

export class Layout {
  private matrices: { nodes: Float32Array; edges: Float32Array } | null = null;
  private rounds = 0;
  private running = 0;
  private shown = 0;

  constructor(private readonly graph: Graph) {}

  /** Lets the nodes find their places. */
  start(): void {
    this.matrices = graphToByteArrays(this.graph, () => 1);
    this.rounds = ROUNDS;
    this.shown = 1;
    if (this.graph.order <= AT_ONCE) {
      while (this.rounds > 0) this.round();
      this.show();
    } else if (!this.running) this.running = requestAnimationFrame(() => this.step());
  }

  stop(): void {
    if (this.rounds > 0 && this.running) this.show();
    this.rounds = 0;
  }

  get settled(): boolean {
    return this.running === 0;
  }

  private step(): void {
    this.running = 0;
    const until = performance.now() + SLICE;
    while (this.rounds > 0 && performance.now() < until) this.round();
    const done = ROUNDS - this.rounds;
    // A large network is drawn anew ever more seldom.
    if (this.rounds <= 0 || this.graph.size < MANY || done >= this.shown * 2.5) this.show();
    if (this.rounds > 0) this.running = requestAnimationFrame(() => this.step());
  }

  private show(): void {
    this.shown = ROUNDS - this.rounds;
    if (this.matrices) assignLayoutChanges(this.graph, this.matrices.nodes, null);
  }

  private round(): void {
    if (!this.matrices) return;
    const { nodes, edges } = this.matrices;
    const before = nodes.slice();
    iterate({ ...defaults, ...forceAtlas2.inferSettings(this.graph), gravity: 0.4, scalingRatio: 30, slowDown: 4, barnesHutOptimize: this.graph.order > 300 }, nodes, edges);
    this.rounds = moved(before, nodes) < SETTLED ? 0 : this.rounds - 1;
  }
}

/** How far nodes went on the average, as a share of the width of all. */
function moved(before: Float32Array, after: Float32Array): number {
  let [sum, least, most] = [0, Infinity, -Infinity];
  for (let at = 0; at < after.length; at += NODE) {
    const [x, y] = [after[at] ?? 0, after[at + 1] ?? 0];
    sum += Math.hypot(x - (before[at] ?? 0), y - (before[at + 1] ?? 0));
    least = Math.min(least, x);
    most = Math.max(most, x);
  }
  return sum / Math.max(1, after.length / NODE) / Math.max(1e-9, most - least);
}
