// The data of the page as src/report/data.rs writes it.

export type Status = "planned" | "agreed" | "active" | "ended" | "rejected";
export const STATUSES: Status[] = ["planned", "agreed", "active", "ended", "rejected"];
export type Group = "cooperative" | "hostile" | "fact";

export interface EntityKind { id: string; label: string; colour: string; actor: boolean }
export interface StatementKind { id: string; label: string; gloss: string; group: Group; directed: boolean; colour: string }
export interface Doc { id: string; title: string; source: string; url?: string; date: string | null; language: string; voice: number; story: number }
export interface Entity { id: string; kind: string; name: string; known: boolean; names: string[] }
export interface Edge { from: number; to: number; kind: number; claims: number[] }
export type Piece = string | [string, "p" | "t"];
export interface Resolved { text: string; names: string[]; reason?: string }
export interface Claim {
  document: number; status: Status; first: string | null; last: string | null; shown: string | null;
  confidence: number; about: string[];
  passage?: { pieces: Piece[]; rule: string; parties: Resolved[] };
}
export interface Data {
  version: number; entity_kinds: EntityKind[]; statement_kinds: StatementKind[];
  documents: Doc[]; nodes: Entity[]; edges: Edge[]; claims: Claim[];
}

export function read(): Data {
  const block = document.getElementById("data");
  return JSON.parse(block?.textContent ?? "{}") as Data;
}

/** A place of a list that the writer of the data made sure of. */
export function at<T>(list: readonly T[], ix: number): T {
  const item = list[ix];
  if (item === undefined) throw new RangeError(`no item ${ix}`);
  return item;
}
