// The drawing: sigma shows it, a layout places it.

import Graph from "graphology";
import Sigma from "sigma";
import { at, type Data } from "./data";
import { Layout, MANY } from "./layout";
import { Still } from "./still";
import type { View } from "./view";

export interface Chosen { node?: number; tie?: [number, number] }

const GOLDEN = 2.399963229728653;
/** How far from a line a click may be, pixels. */
const REACH = 7;
/** From so many entities on a choice is brought near. */
const CROWD = 150;

export class Network {
  readonly sigma: Sigma;
  private readonly graph = new Graph({ type: "undirected", multi: false });
  private chosen: Chosen = {};
  private near = new Set<string>();
  private readonly layout = new Layout(this.graph);
  private readonly still: Still;
  private dim = "#cccccc";
  private paper = "#ffffff";
  private dragged: string | null = null;
  private moved = false;

  constructor(private readonly data: Data, stage: HTMLElement, private readonly choose: (chosen: Chosen) => void) {
    data.nodes.forEach((_, ix) => {
      const far = Math.sqrt(ix + 0.5) * 10;
      this.graph.addNode(String(ix), { x: far * Math.cos(GOLDEN * ix), y: far * Math.sin(GOLDEN * ix), size: 3, label: at(data.nodes, ix).name, color: this.colour(ix), hidden: true });
    });
    this.sigma = new Sigma(this.graph, stage, {
      allowInvalidContainer: true,
      labelFont: "system-ui, sans-serif",
      labelSize: 12,
      labelRenderedSizeThreshold: data.nodes.length > 80 ? 5 : 0,
      labelDensity: data.nodes.length > 80 ? 0.7 : 3,
      stagePadding: 70,
      minEdgeThickness: 1.2,
      zIndex: true,
      defaultDrawNodeHover: (context, node) => this.hover(context, node),
      nodeReducer: (id, node) => this.dressNode(id, node),
      edgeReducer: (id, edge) => this.dressEdge(id, edge),
    });
    this.still = new Still(this.sigma);
    this.listen();
    this.theme();
  }

  /** Shows what passes. */
  show(view: View): void {
    const kinds = this.data.statement_kinds;
    const many = view.ties.length >= MANY;
    this.graph.clearEdges();
    for (const tie of view.ties) {
      const line = tie.lines[0];
      const kind = line && at(kinds, at(this.data.edges, line.edge).kind);
      this.graph.addUndirectedEdge(String(tie.a), String(tie.b), {
        size: many ? Math.min(3, 0.4 + Math.sqrt(tie.strength) * 0.4) : Math.min(6, 1 + Math.sqrt(tie.strength) * 0.7),
        color: tie.cooperative || !tie.hostile ? kind?.colour ?? "#888888" : "#c0392b",
      });
    }
    this.graph.updateEachNodeAttributes((id, node) => {
      const degree = view.degree.get(Number(id)) ?? 0;
      return { ...node, hidden: degree === 0, size: many ? 1.5 + Math.min(10, Math.sqrt(degree) * 0.8) : 3 + Math.min(14, Math.sqrt(degree) * 2) };
    });
    this.sigma.refresh();
  }

  select(chosen: Chosen): void {
    this.chosen = chosen;
    this.near = new Set();
    if (chosen.node !== undefined) {
      this.near.add(String(chosen.node));
      this.graph.forEachNeighbor(String(chosen.node), (id) => this.near.add(id));
    } else if (chosen.tie) {
      chosen.tie.forEach((id) => this.near.add(String(id)));
    }
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Brings what is chosen into view. */
  focus(chosen: Chosen): void {
    const ids = chosen.tie ?? (chosen.node === undefined ? [] : [chosen.node]);
    const places = ids.flatMap((id) => this.sigma.getNodeDisplayData(String(id)) ?? []);
    const [a, b] = [places[0], places[places.length - 1]];
    if (!a || !b) return;
    const camera = this.sigma.getCamera();
    const { width, height } = this.sigma.getDimensions();
    const seen = places.every((place) => {
      const at = this.sigma.framedGraphToViewport(place);
      return at.x > 40 && at.x < width - 120 && at.y > 40 && at.y < height - 40;
    });
    if (seen && ids.length > 1) return;
    const ratio = ids.length > 1 ? Math.max(camera.ratio, Math.hypot(a.x - b.x, a.y - b.y) * 1.6) : this.graph.order > CROWD ? Math.min(0.4, camera.ratio) : camera.ratio;
    void camera.animate({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, ratio }, { duration: 300 });
  }

  zoom(by: number): void {
    const camera = this.sigma.getCamera();
    void camera.animate({ ratio: camera.ratio * by }, { duration: 150 });
  }

  pan(dx: number, dy: number): void {
    const camera = this.sigma.getCamera();
    camera.setState({ x: camera.x + dx * camera.ratio, y: camera.y + dy * camera.ratio });
  }

  fit(): void {
    void this.sigma.getCamera().animatedReset({ duration: 200 });
  }

  theme(): void {
    const style = getComputedStyle(document.documentElement);
    this.dim = style.getPropertyValue("--line").trim();
    this.paper = style.getPropertyValue("--panel").trim();
    this.sigma.setSetting("labelColor", { color: style.getPropertyValue("--ink").trim() || "#000" });
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Lets the nodes find their places, and stops by itself. */
  arrange(): void {
    this.layout.start();
  }

  get settled(): boolean {
    return this.layout.settled;
  }

  private colour(ix: number): string {
    const kind = this.data.entity_kinds.find((kind) => kind.id === at(this.data.nodes, ix).kind);
    return kind?.colour ?? "#888888";
  }

  /** Halfway to the colour of the paper: thousands of lines in full colour are a blot. */
  private pale(colour: string): string {
    const parts = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const paper = parts(this.paper);
    return `#${parts(colour).map((part, at) => Math.round((part + (paper[at] ?? 255)) / 2).toString(16).padStart(2, "0")).join("")}`;
  }

  private dressNode(id: string, node: Record<string, unknown>): Record<string, unknown> {
    if (this.near.size === 0) return node;
    if (!this.near.has(id)) return { ...node, color: this.dim, label: "", zIndex: 0 };
    return { ...node, forceLabel: this.near.size < 40, zIndex: 2, highlighted: Number(id) === this.chosen.node };
  }

  private dressEdge(id: string, edge: Record<string, unknown>): Record<string, unknown> {
    if (this.near.size === 0) return this.graph.size < MANY ? edge : { ...edge, color: this.pale(String(edge.color)) };
    const [a, b] = this.graph.extremities(id);
    const { node, tie } = this.chosen;
    const lit = tie ? this.near.has(a) && this.near.has(b) : a === String(node) || b === String(node);
    return lit ? { ...edge, size: Number(edge.size) + 1, zIndex: 2 } : { ...edge, color: this.dim, size: 0.5, zIndex: 0 };
  }

  /** The name of the node under the pointer on a plate of the page's own colours. */
  private hover(context: CanvasRenderingContext2D, node: { x: number; y: number; size: number; label: string | null; color: string }): void {
    const style = getComputedStyle(document.documentElement);
    const label = node.label ?? "";
    context.font = "600 12px system-ui, sans-serif";
    const width = context.measureText(label).width + 12;
    context.fillStyle = style.getPropertyValue("--paper").trim();
    context.strokeStyle = node.color;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(node.x, node.y, node.size + 3, 0, Math.PI * 2);
    context.rect(node.x + node.size + 4, node.y - 10, width, 20);
    context.stroke();
    context.fillRect(node.x + node.size + 4, node.y - 10, width, 20);
    context.fillStyle = style.getPropertyValue("--ink").trim();
    context.fillText(label, node.x + node.size + 10, node.y + 4);
  }

  private redraw(id: string): void {
    this.sigma.refresh({ partialGraph: { nodes: [id], edges: this.graph.edges(id) }, skipIndexation: true, schedule: true });
  }

  /** What is dragged and its lines, over everything else. */
  private sketch(id: string, to: { x: number; y: number }): void {
    const canvas = this.sigma.getCanvases()["hovers"];
    const context = canvas?.getContext("2d");
    const node = this.sigma.getNodeDisplayData(id);
    if (!canvas || !context || !node) return;
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.strokeStyle = context.fillStyle = node.color;
    context.beginPath();
    this.graph.forEachNeighbor(id, (other) => {
      const place = this.sigma.graphToViewport(this.graph.getNodeAttributes(other) as { x: number; y: number });
      context.moveTo(to.x, to.y);
      context.lineTo(place.x, place.y);
    });
    context.stroke();
    context.beginPath();
    context.arc(to.x, to.y, this.sigma.scaleSize(node.size) + 1, 0, Math.PI * 2);
    context.fill();
  }

  /** The line nearest to a point of the stage, if it is near enough to be meant. */
  private nearest(x: number, y: number): string | null {
    let best: string | null = null;
    let least = REACH;
    const ends = new Map<string, { x: number; y: number }>();
    const place = (id: string) => {
      const known = ends.get(id) ?? this.sigma.graphToViewport(this.graph.getNodeAttributes(id) as { x: number; y: number });
      ends.set(id, known);
      return known;
    };
    this.graph.forEachEdge((edge, _, source, target) => {
      const [a, b] = [place(source), place(target)];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      const far = Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
      if (far < least) [best, least] = [edge, far];
    });
    return best;
  }

  private listen(): void {
    const { sigma } = this;
    sigma.on("clickNode", ({ node }) => { if (!this.moved) this.choose({ node: Number(node) }); });
    sigma.on("clickStage", ({ event }) => {
      const edge = this.nearest(event.x, event.y);
      if (!edge) return this.choose({});
      const [a, b] = this.graph.extremities(edge);
      this.choose({ tie: [Number(a), Number(b)] });
    });
    sigma.on("enterNode", () => { sigma.getContainer().classList.add("pointing"); });
    sigma.on("leaveNode", () => { sigma.getContainer().classList.remove("pointing"); });
    sigma.on("downNode", ({ node, preventSigmaDefault }) => { this.dragged = node; this.moved = false; this.layout.stop(); preventSigmaDefault(); });
    sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
      if (!this.dragged) return;
      this.moved = true;
      if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
      // An event of the graph would make sigma count everything anew.
      Object.assign(this.graph.getNodeAttributes(this.dragged), sigma.viewportToGraph(event));
      if (this.still.slow) this.sketch(this.dragged, event);
      else this.redraw(this.dragged);
      preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = () => {
      if (this.dragged && this.moved) this.redraw(this.dragged);
      this.dragged = null;
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
  }
}
