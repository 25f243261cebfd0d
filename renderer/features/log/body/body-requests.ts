import type { BodyFacts, BodyForm, BodyRows } from "./body-document";

/** Where the bytes of a body are: here, or at an address of Bellhop's own, so that a large one never enters the window. */
export type BodySource = { text: string } | { base64: string } | { address: string };

/** What the window asks of the worker; name -> input and answer. */
export interface BodyRequests {
  open: { input: { source: BodySource; truncated: boolean }; answer: BodyFacts };
  /** The rows from one place to another, and how many there are. */
  rows: { input: Place & { from: number; to: number }; answer: { total: number; page: BodyRows } };
  /** Opens or closes a node of the tree; `all` for every node. @returns its row and how many there are now */
  set: { input: { node: number; open: boolean; all?: boolean }; answer: { row: number } };
  /** @returns how many there are, or null where a newer search has come */
  find: { input: Place & { query: string }; answer: { count: number } | null };
  /** The row of the how manieth that was found, from 0; of a tree its node, too. */
  goTo: { input: Place & { match: number }; answer: { row: number; node: number } };
  rowOf: { input: { node: number }; answer: { row: number } };
  parent: { input: { node: number }; answer: { row: number } | null };
  value: { input: { node: number }; answer: string };
  pointer: { input: { node: number }; answer: string };
  whole: { input: { form: BodyForm }; answer: string };
}

export interface Place {
  form: BodyForm;
  /** Characters that a row of text has room for. */
  columns: number;
}

export type BodyRequestName = keyof BodyRequests;

export interface BodyMessage<N extends BodyRequestName = BodyRequestName> {
  id: number;
  name: N;
  input: BodyRequests[N]["input"];
}

export type BodyReply = { id: number; answer: unknown } | { id: number; error: string };
