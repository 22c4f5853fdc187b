// What is said of an entity or a tie, with every sentence.

import { at, type Data, type Claim } from "./data";
import { h, plural } from "./dom";
import type { Line, Tie, View } from "./view";

const PARTNERS = 60;

export type Choose = (chosen: { node?: number; tie?: [number, number] }) => void;

export function nodeButton(data: Data, ix: number, choose: Choose): HTMLElement {
  return h("button", { type: "button", class: "plain", click: () => choose({ node: ix }) }, at(data.nodes, ix).name);
}

export function kinds(data: Data, tie: Tie): string {
  return [...new Set(tie.lines.map((line) => at(data.statement_kinds, at(data.edges, line.edge).kind).label))].join(", ");
}

export function ends(data: Data, tie: Tie): string {
  return `${at(data.nodes, tie.a).name} - ${at(data.nodes, tie.b).name}`;
}

/** `3 sources (+4 copies)` */
function sources(tie: Tie, one: string, many: string): string {
  return plural(tie.sources, one, many) + (tie.copies > 0 ? ` (+${plural(tie.copies, "copy", "copies")})` : "");
}

/** An entity with its ties, the strongest first. */
export function ofNode(data: Data, view: View, ix: number, choose: Choose): HTMLElement {
  const node = at(data.nodes, ix);
  const ties = view.ties.filter((tie) => tie.a === ix || tie.b === ix);
  const kind = data.entity_kinds.find((kind) => kind.id === node.kind);
  return h("div", {},
    h("h3", {}, node.name),
    h("p", { class: "note" }, [kind?.label ?? node.kind, plural(ties.length, "tie", "ties"), node.known ? "" : "not in the gazetteer"].filter(Boolean).join(", ")),
    node.names.length > 0 && h("p", { class: "note" }, "also ", node.names.slice(0, 6).join(", ")),
    ties.length === 0 && h("p", {}, "Nothing passes the filters."),
    h("ul", {}, ...ties.slice(0, PARTNERS).map((tie) => {
      const other = tie.a === ix ? tie.b : tie.a;
      return h("li", {},
        h("button", { type: "button", class: "plain", click: () => choose({ tie: [tie.a, tie.b] }) }, at(data.nodes, other).name),
        ` ${kinds(data, tie)}`, h("span", { class: "note" }, ` \u00b7 ${sources(tie, "source", "sources")}`));
    })),
    ties.length > PARTNERS && h("p", { class: "note" }, `and ${ties.length - PARTNERS} more`));
}

/** A tie with the sentences that say so. */
export function ofTie(data: Data, tie: Tie, choose: Choose): HTMLElement {
  return h("div", {},
    h("h3", {}, nodeButton(data, tie.a, choose), " - ", nodeButton(data, tie.b, choose)),
    h("p", { class: "note" }, [sources(tie, "independent source", "independent sources"), tie.since ? `since ${tie.since}` : "", tie.last ? `last reported ${tie.last}` : ""].filter(Boolean).join(", ")),
    ...tie.lines.map((line) => ofLine(data, line)));
}

function ofLine(data: Data, line: Line): HTMLElement {
  const edge = at(data.edges, line.edge);
  const kind = at(data.statement_kinds, edge.kind);
  const way = kind.directed ? `, ${at(data.nodes, edge.from).name} \u2192 ${at(data.nodes, edge.to).name}` : "";
  const claims = line.claims.map((ix) => at(data.claims, ix)).sort((x, y) => y.confidence - x.confidence);
  const told = claims.filter((claim) => claim.passage);
  const silent = claims.length - told.length;
  return h("section", {},
    h("h4", { class: kind.group, title: kind.gloss }, `${kind.label}${way}, ${line.status}`, line.about.length > 0 && h("span", { class: "note" }, ` about ${line.about.join(", ")}`)),
    ...told.map((claim) => quote(data, claim)),
    silent > 0 && h("p", { class: "note" }, `and ${plural(silent, "sentence", "sentences")} more in the store: `, h("code", {}, "entente why")));
}

export function quote(data: Data, claim: Claim): HTMLElement {
  const doc = at(data.documents, claim.document);
  const title = doc.title || doc.id;
  const web = doc.url !== undefined && /^https?:\/\//i.test(doc.url);
  const parties = (claim.passage?.parties ?? []).filter((party) => party.reason || party.names.join() !== party.text);
  return h("blockquote", {},
    h("p", { lang: doc.language }, ...(claim.passage?.pieces ?? []).map((piece) =>
      typeof piece === "string" ? document.createTextNode(piece) : h(piece[1] === "p" ? "mark" : "strong", {}, piece[0]))),
    h("footer", {},
      h("cite", {}, web ? h("a", { href: doc.url, target: "_blank", rel: "noopener noreferrer external" }, title) : title),
      !web && doc.source !== title && `, ${doc.source}`,
      doc.date && `, published ${doc.date}`,
      doc.story !== claim.document && `, copy of ${at(data.documents, doc.story).id}`,
      ` \u00b7 ${claim.status}${claim.shown ? ` ${claim.shown}` : ""} \u00b7 sure ${claim.confidence.toFixed(2)}`,
      parties.length > 0 && h("div", {}, parties.map((party) => `${party.text} = ${party.names.join(" and ")}${party.reason ? ` (${party.reason})` : ""}`).join("; "))));
}
