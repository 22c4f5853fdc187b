// The tables below the network, drawn anew with what passes the filters.

import { at, type Data } from "./data";
import { type Choose, ends, kinds, nodeButton } from "./details";
import { byId, h, svg } from "./dom";
import type { Tie, View } from "./view";

const ROWS = 100;
const COUNTRIES = 24;
const SHADES = 5;

function place(section: string, ...content: Node[]): void {
  const title = byId(`${section}-title`);
  byId(section).replaceChildren(title, ...content);
}

function table(heads: [string, string?][], rows: HTMLElement[], more: number): Node[] {
  return [
    h("div", { class: "scroll" }, h("table", {},
      h("thead", {}, h("tr", {}, ...heads.map(([head, kind]) => h("th", { class: kind }, head)))),
      h("tbody", {}, ...rows))),
    ...(more > 0 ? [h("p", { class: "note" }, `and ${more} more: filter, or search a name`)] : []),
    ...(rows.length === 0 ? [h("p", {}, "Nothing passes the filters: widen the dates or tick more kinds.")] : []),
  ];
}

export function ties(data: Data, view: View, choose: Choose): void {
  const all = view.ties.filter((tie) => tie.actors);
  const row = (tie: Tie) => h("tr", { class: tie.cooperative ? undefined : "hostile" },
    h("th", { scope: "row" }, h("button", { type: "button", class: "plain", click: () => choose({ tie: [tie.a, tie.b] }) }, ends(data, tie))),
    h("td", {}, kinds(data, tie)), h("td", {}, tie.about.join(", ")), h("td", {}, tie.status), h("td", {}, tie.since), h("td", {}, tie.last),
    h("td", { class: "number" }, tie.sources), h("td", { class: "number" }, tie.confidence.toFixed(2)));
  place("ties", ...table([["Between"], ["What"], ["About"], ["Status"], ["Since"], ["Last"], ["Sources", "number"], ["Sure", "number"]],
    all.slice(0, ROWS).map(row), all.length - ROWS));
}

export function ranking(data: Data, view: View, choose: Choose): number[] {
  const all = [...view.strength.keys()].sort((x, y) => (view.strength.get(y) ?? 0) - (view.strength.get(x) ?? 0) || x - y);
  const row = (ix: number) => h("tr", {},
    h("th", { scope: "row" }, nodeButton(data, ix, choose)), h("td", {}, at(data.nodes, ix).kind),
    h("td", { class: "number" }, view.degree.get(ix)), h("td", { class: "number" }, (view.strength.get(ix) ?? 0).toFixed(1)));
  place("entities", ...table([["Name"], ["Kind"], ["Ties", "number"], ["Strength", "number"]], all.slice(0, ROWS).map(row), all.length - ROWS));
  return all;
}

export function matrix(data: Data, view: View, ranked: number[], choose: Choose): void {
  const kind = data.entity_kinds[0]?.id;
  const countries = ranked.filter((ix) => at(data.nodes, ix).kind === kind).slice(0, COUNTRIES);
  const cells = new Map<string, Tie>();
  view.ties.filter((tie) => tie.cooperative).forEach((tie) => { cells.set(`${tie.a} ${tie.b}`, tie); cells.set(`${tie.b} ${tie.a}`, tie); });
  const among = countries.flatMap((a) => countries.map((b) => cells.get(`${a} ${b}`)?.sources ?? 0));
  const most = Math.max(1, ...among);
  const cell = (a: number, b: number) => {
    if (a === b) return h("td", { class: "self" });
    const tie = cells.get(`${a} ${b}`);
    if (!tie) return h("td", {});
    const shade = Math.max(1, Math.min(SHADES, Math.ceil((tie.sources / most) * SHADES)));
    const label = `${at(data.nodes, a).name} - ${at(data.nodes, b).name}`;
    return h("td", { class: `shade${shade}` }, h("button", { type: "button", title: label, "aria-label": `${label}: ${tie.sources}`, click: () => choose({ tie: [tie.a, tie.b] }) }, tie.sources));
  };
  place("matrix", h("p", { class: "note" }, "Independent sources that report cooperation."), h("div", { class: "scroll" }, h("table", { class: "matrix" },
    h("thead", {}, h("tr", {}, h("td", {}), ...countries.map((ix) => h("th", { scope: "col" }, h("span", {}, at(data.nodes, ix).name))))),
    h("tbody", {}, ...countries.map((a) => h("tr", {}, h("th", { scope: "row" }, at(data.nodes, a).name), ...countries.map((b) => cell(a, b))))))));
}

/** Bars of statements by month, or by year where the time is long. A click narrows the dates to it. */
export function timeline(data: Data, view: View, months: string[], narrow: (from: string, to: string) => void): void {
  const byYear = months.length > 72;
  const unit = (month: string) => (byYear ? month.slice(0, 4) : month);
  const units = [...new Set(months.map(unit))];
  const counts = new Map<string, Map<string, number>>();
  for (const ix of view.claims) {
    const month = at(data.claims, ix).first?.slice(0, 7);
    if (!month) continue;
    const bar = counts.get(unit(month)) ?? new Map<string, number>();
    const status = at(data.claims, ix).status;
    bar.set(status, (bar.get(status) ?? 0) + 1);
    counts.set(unit(month), bar);
  }
  const total = (name: string) => [...(counts.get(name)?.values() ?? [])].reduce((x, y) => x + y, 0);
  const most = Math.max(1, ...units.map(total));
  const width = 1000 / Math.max(units.length, 1);
  const bars = units.filter((name) => total(name) > 0).map((name) => {
    const x = units.indexOf(name) * width;
    const height = (total(name) / most) * 105;
    const go = () => narrow(byYear ? `${name}-01` : name, byYear ? `${name}-12` : name);
    return svg("rect", { x: x.toFixed(1), y: (118 - height).toFixed(1), width: Math.max(1, width - 1).toFixed(1), height: height.toFixed(1), fill: "#3566a8", tabindex: 0, role: "button",
      "aria-label": `${name}: ${total(name)} statements`, click: go, keydown: (event) => { if ((event as KeyboardEvent).key === "Enter") go(); } },
      svg("title", {}, `${name}: ${total(name)} statements`));
  });
  const every = Math.ceil(units.length / 12);
  const labels = units.filter((_, ix) => ix % every === 0).map((name) => svg("text", { x: (units.indexOf(name) * width + 2).toFixed(1), y: 134 }, name));
  const latest = view.ties.flatMap((tie) => tie.lines.flatMap((line) => line.claims.map((claim) => ({ tie, line, claim: at(data.claims, claim) }))))
    .filter((event) => event.claim.shown && event.tie.cooperative)
    .sort((x, y) => (y.claim.shown ?? "").localeCompare(x.claim.shown ?? ""));
  const seen = new Set<string>();
  const rows: HTMLElement[] = [];
  for (const { tie, line, claim } of latest) {
    const key = `${claim.shown} ${tie.a} ${tie.b} ${line.edge}`;
    if (seen.has(key)) continue;
    seen.add(key);
    rows.push(h("tr", {}, h("th", { scope: "row" }, claim.shown), h("td", {}, ends(data, tie)),
      h("td", {}, at(data.statement_kinds, at(data.edges, line.edge).kind).label), h("td", {}, claim.status), h("td", {}, claim.about.join(", "))));
    if (rows.length === 30) break;
  }
  place("timeline",
    h("p", { class: "note" }, `Statements by the ${byYear ? "year" : "month"} they are about, or were published in; click a bar to see it alone.`),
    svg("svg", { class: "bars", viewBox: "0 0 1000 140", preserveAspectRatio: "none", role: "group", "aria-label": "Statements over time" }, ...bars),
    svg("svg", { class: "axis", viewBox: "0 120 1000 18", "aria-hidden": "true" }, ...labels),
    ...table([["When"], ["Between"], ["What"], ["Status"], ["About"]], rows, 0));
}
