// What passes the filters, worked out anew from the claims each time: edges, ties, ranks.

import { at, type Claim, type Data, type Edge, type Status, STATUSES } from "./data";

export interface Filter {
  kinds: Set<number>;
  entityKinds: Set<string>;
  statuses: Set<Status>;
  from: string;
  to: string;
}

export interface Line { edge: number; claims: number[]; status: Status; since: string | null; last: string | null; confidence: number; sources: number; copies: number; about: string[] }
export interface Tie { a: number; b: number; lines: Line[]; sources: number; copies: number; strength: number; status: Status; since: string | null; last: string | null; confidence: number; about: string[]; cooperative: boolean; hostile: boolean; actors: boolean }
export interface View { ties: Tie[]; degree: Map<number, number>; strength: Map<number, number>; claims: Set<number>; documents: Set<number>; statusCounts: Map<Status, number>; kindCounts: Map<number, number> }

const FIRM: Record<Status, number> = { rejected: 0, ended: 1, planned: 2, agreed: 3, active: 4 };

export function everything(data: Data): Filter {
  return {
    kinds: new Set(data.statement_kinds.keys()),
    entityKinds: new Set(data.nodes.map((node) => node.kind)),
    statuses: new Set(STATUSES),
    from: "",
    to: "9999",
  };
}

function inTime(claim: Claim, filter: Filter): boolean {
  if (!filter.from && filter.to === "9999") return true;
  return claim.first !== null && claim.last !== null && claim.last.slice(0, 7) >= filter.from && claim.first.slice(0, 7) <= filter.to;
}

export class Looker {
  private readonly pairs = new Map<number, number[]>();

  constructor(private readonly data: Data) {
    data.edges.forEach((edge, ix) => {
      const key = Math.min(edge.from, edge.to) * data.nodes.length + Math.max(edge.from, edge.to);
      const known = this.pairs.get(key);
      if (known) known.push(ix);
      else this.pairs.set(key, [ix]);
    });
  }

  view(filter: Filter): View {
    const view: View = { ties: [], degree: new Map(), strength: new Map(), claims: new Set(), documents: new Set(), statusCounts: new Map(), kindCounts: new Map() };
    const size = this.data.nodes.length;
    const ends = this.data.nodes.map((node) => filter.entityKinds.has(node.kind));
    for (const [key, edges] of this.pairs) {
      const a = Math.floor(key / size);
      const b = key % size;
      if (!ends[a] || !ends[b]) continue;
      const lines: Line[] = [];
      for (const ix of edges) {
        const line = this.line(ix, filter, view);
        if (line) lines.push(line);
      }
      if (lines.length > 0) view.ties.push(this.tie(a, b, lines));
    }
    for (const tie of view.ties) {
      for (const end of [tie.a, tie.b]) {
        view.degree.set(end, (view.degree.get(end) ?? 0) + 1);
        view.strength.set(end, (view.strength.get(end) ?? 0) + tie.strength);
      }
      for (const line of tie.lines) {
        for (const claim of line.claims) {
          view.claims.add(claim);
          view.documents.add(at(this.data.claims, claim).document);
        }
      }
    }
    view.ties.sort((x, y) => Number(y.actors) - Number(x.actors) || y.strength - x.strength || y.sources - x.sources || x.a - y.a || x.b - y.b);
    return view;
  }

  /** An edge by the claims that pass; its status is that of the last one told. Counts what each filter would let through. */
  private line(ix: number, filter: Filter, view: View): Line | null {
    const edge = at(this.data.edges, ix);
    const claims = edge.claims.filter((claim) => inTime(at(this.data.claims, claim), filter));
    const last = claims[claims.length - 1];
    if (last === undefined) return null;
    const status = at(this.data.claims, last).status;
    const kind = filter.kinds.has(edge.kind);
    const stands = filter.statuses.has(status);
    if (stands) view.kindCounts.set(edge.kind, (view.kindCounts.get(edge.kind) ?? 0) + 1);
    if (kind) view.statusCounts.set(status, (view.statusCounts.get(status) ?? 0) + 1);
    return kind && stands ? { edge: ix, claims, status, ...this.sum(claims) } : null;
  }

  private sum(claims: number[]): { since: string | null; last: string | null; confidence: number; sources: number; copies: number; about: string[] } {
    const voices = new Set<number>();
    const documents = new Set<number>();
    const stories = new Set<number>();
    const about = new Set<string>();
    let since: string | null = null;
    let last: string | null = null;
    let confidence = 0;
    for (const ix of claims) {
      const claim = at(this.data.claims, ix);
      const doc = at(this.data.documents, claim.document);
      voices.add(doc.voice);
      documents.add(claim.document);
      stories.add(doc.story);
      claim.about.forEach((name) => about.add(name));
      confidence = Math.max(confidence, claim.confidence);
      const firm = claim.status === "agreed" || claim.status === "active";
      if (firm && claim.shown && (!since || claim.shown < since)) since = claim.shown;
      if (doc.date && (!last || doc.date > last)) last = doc.date;
    }
    return { since, last, confidence, sources: voices.size, copies: documents.size - stories.size, about: [...about].sort() };
  }

  private tie(a: number, b: number, lines: Line[]): Tie {
    const group = (line: Line) => at(this.data.statement_kinds, at(this.data.edges, line.edge).kind).group;
    const friendly = lines.filter((line) => group(line) !== "hostile");
    const counted = friendly.length > 0 ? friendly : lines;
    const sum = this.sum([...new Set(counted.flatMap((line) => line.claims))]);
    const rank = (line: Line) => (group(line) === "cooperative" ? 2 : group(line) === "fact" ? 1 : 0);
    lines.sort((x, y) => rank(y) - rank(x) || y.sources - x.sources || y.confidence - x.confidence);
    const points = friendly.reduce((all, line) => all + (FIRM[line.status] / 4) * line.confidence, 0);
    const actor = (ix: number) => this.data.entity_kinds.some((kind) => kind.id === at(this.data.nodes, ix).kind && kind.actor);
    return {
      a, b, lines, ...sum,
      strength: friendly.length > 0 ? sum.sources + points : 0,
      status: counted.reduce((best, line) => ((line.last ?? "") > (best.last ?? "") ? line : best), counted[0] as Line).status,
      cooperative: lines.some((line) => group(line) === "cooperative"),
      hostile: lines.some((line) => group(line) === "hostile"),
      actors: actor(a) && actor(b),
    };
  }
}

/** Months from the first to the last that a claim is about, `2026-07`. */
export function months(data: Data): string[] {
  const all = data.claims.map((claim) => claim.first?.slice(0, 7)).filter((month): month is string => month !== undefined && month >= "1900");
  if (all.length === 0) return [];
  const ends = data.claims.map((claim) => claim.last?.slice(0, 7) ?? "").filter((month) => month < "2100");
  const first = all.reduce((x, y) => (x < y ? x : y));
  const last = [...all, ...ends].reduce((x, y) => (x > y ? x : y));
  const months: string[] = [];
  let [year, month] = first.split("-").map(Number) as [number, number];
  for (;;) {
    const label = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    months.push(label);
    if (label >= last || months.length > 3000) return months;
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
}

export type { Edge };
