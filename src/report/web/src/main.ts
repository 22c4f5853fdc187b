// Puts the page together: filters on the left, network in the middle, evidence on the right, tables below.

import { at, read, STATUSES } from "./data";
import * as details from "./details";
import { byId, h, plural } from "./dom";
import { type Chosen, Network } from "./network";
import { search } from "./search";
import * as tables from "./tables";
import { everything, Looker, months as monthsOf, type View } from "./view";

function start(): void {
  const data = read();
  const looker = new Looker(data);
  const filter = everything(data);
  const months = monthsOf(data);
  let view: View = looker.view(filter);
  let chosen: Chosen = {};
  let network: Network | null = null;

  const panel = h("aside", { class: "details", id: "details", "aria-live": "polite", "aria-label": "Details", tabindex: -1 });
  const canvas = h("div", { class: "canvas" });
  const empty = h("p", { class: "empty", hidden: true }, "Nothing passes the filters");

  // ---- choosing
  const choose = (next: Chosen, show = true): void => {
    chosen = next;
    network?.select(next);
    detail();
    if (show) network?.focus(next);
    if (show && (next.node !== undefined || next.tie)) {
      panel.scrollTop = 0;
      byId("network").scrollIntoView({ block: "nearest" });
      panel.focus({ preventScroll: true });
    }
  };
  const detail = (): void => {
    if (chosen.node !== undefined) panel.replaceChildren(details.ofNode(data, view, chosen.node, choose));
    else if (chosen.tie) {
      const [a, b] = chosen.tie;
      const tie = view.ties.find((tie) => (tie.a === a && tie.b === b) || (tie.a === b && tie.b === a));
      panel.replaceChildren(tie ? details.ofTie(data, tie, choose) : h("p", {}, "This tie does not pass the filters."));
    } else {
      panel.replaceChildren(h("h3", {}, "Who, what, and which sentence"),
        h("p", { class: "note" }, "Choose an entity to see its ties, or a tie to read the sentences that say so: ", h("mark", {}, "parties"), " and ", h("strong", {}, "the words that carry the claim"), " are marked."),
        h("p", { class: "note" }, "Keys: / search, + and - zoom, arrows move the network, 0 shows all, Escape closes."));
    }
  };

  // ---- filters
  const updates: (() => void)[] = [];
  const refresh = (): void => {
    view = looker.view(filter);
    network?.show(view);
    network?.select(chosen);
    empty.hidden = view.ties.length > 0;
    const entities = new Set(view.ties.flatMap((tie) => [tie.a, tie.b])).size;
    byId("summary").textContent = [plural(view.documents.size, "document", "documents"), plural(entities, "entity", "entities"), plural(view.ties.length, "tie", "ties"), plural(view.claims.size, "statement", "statements")].join(", ");
    updates.forEach((update) => update());
    detail();
    tables.ties(data, view, choose);
    const ranked = tables.ranking(data, view, choose);
    tables.matrix(data, view, ranked, choose);
    tables.timeline(data, view, months, narrow);
  };

  function box<T>(set: Set<T>, value: T, label: string, swatch: HTMLElement | null, count: () => number | null): HTMLElement {
    const input = h("input", { type: "checkbox", checked: true, change: () => { if (input.checked) set.add(value); else set.delete(value); refresh(); } });
    const number = h("span", { class: "n" });
    const row = h("label", {}, input, swatch, label, number);
    updates.push(() => {
      const n = count();
      input.checked = set.has(value);
      number.textContent = n === null ? "" : String(n);
      row.classList.toggle("none", n === 0);
    });
    return row;
  }
  const swatch = (kind: "dot" | "line", colour: string): HTMLElement => {
    const mark = h("span", { class: kind });
    mark.style.background = colour;
    return mark;
  };
  const used = new Set(data.edges.map((edge) => edge.kind));
  const kindBoxes = (group: string) => data.statement_kinds.map((kind, ix) => ({ kind, ix }))
    .filter(({ kind, ix }) => kind.group === group && used.has(ix))
    .map(({ kind, ix }) => box(filter.kinds, ix, kind.label, swatch("line", kind.colour), () => view.kindCounts.get(ix) ?? 0));
  const groups: [string, string][] = [["cooperative", "Cooperation"], ["fact", "Facts"], ["hostile", "Hostile"]];
  const entityKinds = data.entity_kinds.filter((kind) => data.nodes.some((node) => node.kind === kind.id));

  const from = h("input", { type: "range", id: "from", min: 0, max: Math.max(0, months.length - 1), value: 0, "aria-label": "From month" });
  const to = h("input", { type: "range", id: "to", min: 0, max: Math.max(0, months.length - 1), value: Math.max(0, months.length - 1), "aria-label": "To month" });
  const span = h("output", { for: "from to" });
  const slide = (moved: HTMLInputElement, other: HTMLInputElement, sign: number) => () => {
    if ((Number(moved.value) - Number(other.value)) * sign > 0) other.value = moved.value;
    dates();
  };
  const dates = (): void => {
    const [first, last] = [Number(from.value), Number(to.value)];
    filter.from = first === 0 ? "" : at(months, first);
    filter.to = last === months.length - 1 ? "9999" : at(months, last);
    later();
  };
  let waiting = 0;
  const later = (): void => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(refresh);
  };
  function narrow(first: string, last: string): void {
    from.value = String(Math.max(0, months.indexOf(first)));
    const end = months.indexOf(last);
    to.value = String(end < 0 ? months.length - 1 : end);
    dates();
  }
  from.addEventListener("input", slide(from, to, 1));
  to.addEventListener("input", slide(to, from, -1));
  updates.push(() => {
    const label = (input: HTMLInputElement) => months[Number(input.value)] ?? "";
    span.textContent = months.length > 0 ? `${label(from)} to ${label(to)}` : "no dates";
    from.setAttribute("aria-valuetext", label(from));
    to.setAttribute("aria-valuetext", label(to));
  });

  const reset = h("button", { type: "button", id: "reset", click: () => {
    Object.assign(filter, everything(data), { kinds: filter.kinds, entityKinds: filter.entityKinds, statuses: filter.statuses });
    const all = everything(data);
    all.kinds.forEach((kind) => filter.kinds.add(kind));
    all.entityKinds.forEach((kind) => filter.entityKinds.add(kind));
    all.statuses.forEach((status) => filter.statuses.add(status));
    from.value = "0";
    to.value = String(Math.max(0, months.length - 1));
    choose({}, false);
    refresh();
    network?.fit();
  } }, "Reset");
  const theme = h("button", { type: "button", id: "theme", click: () => {
    const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    network?.theme();
  } }, "Dark or light");

  const controls = h("form", { class: "controls", "aria-label": "Filters", submit: (event) => event.preventDefault() },
    search(data, (node) => choose({ node })),
    h("fieldset", {}, h("legend", {}, "Dates: ", span), from, to),
    h("fieldset", { id: "statuses" }, h("legend", {}, "Status"), ...STATUSES.map((status) => box(filter.statuses, status, status, null, () => view.statusCounts.get(status) ?? 0))),
    ...groups.map(([group, title]) => ({ title, boxes: kindBoxes(group) })).filter(({ boxes }) => boxes.length > 0)
      .map(({ title, boxes }) => h("fieldset", {}, h("legend", {}, title), ...boxes)),
    h("fieldset", { id: "entity-kinds" }, h("legend", {}, "Entities"), ...entityKinds.map((kind) => box(filter.entityKinds, kind.id, kind.label, swatch("dot", kind.colour), () => null))),
    h("div", { class: "buttons" }, reset, theme));

  // ---- the network
  const tool = (label: string, sign: string, act: () => void) => h("button", { type: "button", "aria-label": label, title: label, click: act }, sign);
  const stage = h("div", { class: "stage", id: "stage", tabindex: 0, role: "application", "aria-label": "Network of ties; the tables below say the same" }, canvas, empty,
    h("div", { class: "tools" }, tool("Zoom in", "+", () => network?.zoom(0.7)), tool("Zoom out", "\u2212", () => network?.zoom(1.4)),
      tool("Show all", "\u2922", () => network?.fit()), tool("Arrange anew", "\u21bb", () => network?.arrange())));
  stage.addEventListener("keydown", (event) => {
    const keys: Record<string, () => void> = {
      "+": () => network?.zoom(0.7), "-": () => network?.zoom(1.4), "0": () => network?.fit(),
      ArrowLeft: () => network?.pan(-0.08, 0), ArrowRight: () => network?.pan(0.08, 0), ArrowUp: () => network?.pan(0, 0.08), ArrowDown: () => network?.pan(0, -0.08),
    };
    const act = keys[event.key];
    if (act) { act(); event.preventDefault(); }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose({}, false); });

  const app = byId("app");
  app.replaceChildren(controls, stage, panel);
  app.hidden = false;
  try {
    network = new Network(data, canvas, (next) => { choose(next, false); panel.scrollTop = 0; });
    byId("picture").hidden = true;
  } catch {
    // No WebGL: the picture stays, everything else works.
    canvas.replaceChildren(byId("picture"));
  }
  refresh();
  network?.arrange();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => network?.theme());
  document.documentElement.dataset.ready = "true";
}

start();
