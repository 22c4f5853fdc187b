// The search field: a combobox over every name of an entity in every language.

import { byId, h } from "./dom";
import type { Data } from "./data";

const SHOWN = 12;

export function fold(text: string): string {
  return text.toLowerCase().replace(/\u00df/g, "ss").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

interface Hit { node: number; name: string; rank: number }

/** Best first: the whole name, its beginning, a word of it, any part. */
export function find(data: Data, typed: string, names: string[][]): Hit[] {
  const wanted = fold(typed.trim());
  if (!wanted) return [];
  const hits: Hit[] = [];
  names.forEach((all, node) => {
    let best: Hit | null = null;
    all.forEach((name, ix) => {
      const place = name.indexOf(wanted);
      if (place < 0) return;
      const rank = name === wanted ? 0 : place === 0 ? 1 : name[place - 1] === " " ? 2 : 3;
      if (!best || rank < best.rank) {
        const entity = data.nodes[node];
        best = { node, rank, name: ix === 0 ? "" : entity?.names[ix - 1] ?? "" };
      }
    });
    if (best) hits.push(best);
  });
  return hits.sort((x, y) => x.rank - y.rank || (data.nodes[x.node]?.name.length ?? 0) - (data.nodes[y.node]?.name.length ?? 0)).slice(0, SHOWN);
}

export function search(data: Data, choose: (node: number) => void): HTMLElement {
  const names = data.nodes.map((node) => [node.name, ...node.names].map(fold));
  const list = h("ul", { id: "found", role: "listbox", "aria-label": "Found entities", hidden: true });
  const field = h("input", {
    type: "search", id: "search", role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list",
    autocomplete: "off", placeholder: "Search a name (press /)", "aria-label": "Search a state, organisation, weapon, programme or person",
  });
  let hits: Hit[] = [];
  let active = 0;

  const mark = () => {
    [...list.children].forEach((item, ix) => item.setAttribute("aria-selected", String(ix === active)));
    if (hits.length > 0) field.setAttribute("aria-activedescendant", `found-${active}`);
    else field.removeAttribute("aria-activedescendant");
  };
  const close = () => { list.hidden = true; field.setAttribute("aria-expanded", "false"); };
  const take = (hit: Hit | undefined) => { if (hit) { close(); field.value = data.nodes[hit.node]?.name ?? ""; choose(hit.node); } };
  const show = () => {
    hits = find(data, field.value, names);
    active = 0;
    list.replaceChildren(...hits.map((hit, ix) => {
      const node = data.nodes[hit.node];
      return h("li", { id: `found-${ix}`, role: "option", mousedown: (event) => { event.preventDefault(); take(hit); } },
        node?.name, " ", h("small", {}, [hit.name, node?.kind].filter(Boolean).join(" \u00b7 ")));
    }));
    if (hits.length === 0 && field.value.trim()) list.append(h("li", { "aria-disabled": "true" }, "Nothing of this name"));
    list.hidden = !field.value.trim();
    field.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  field.addEventListener("input", show);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (hits.length > 0) active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      mark();
      event.preventDefault();
    } else if (event.key === "Enter") take(hits[active]);
    else if (event.key === "Escape") close();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !typing) { byId("search").focus(); event.preventDefault(); }
  });
  return h("div", { class: "search" }, field, list);
}
