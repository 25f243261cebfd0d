import { BodyDocument } from "./body-document";
import type { BodyRequestName, BodyRequests, BodySource } from "./body-requests";

type Handlers = {
  [N in BodyRequestName]: (input: BodyRequests[N]["input"]) => Promise<BodyRequests[N]["answer"]>;
};

const bytesOf = async (source: BodySource): Promise<Uint8Array> => {
  if ("text" in source) return new TextEncoder().encode(source.text);
  if ("base64" in source) return Uint8Array.from(atob(source.base64), (sign) => sign.charCodeAt(0));
  const response = await fetch(source.address);
  if (!response.ok) throw new Error(`The body did not come: ${(await response.text()).trim()}`);
  return new Uint8Array(await response.arrayBuffer());
};

/** Lets messages in that have come meanwhile. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Answers what is asked of one body. Apart from the worker, so that it can be tried without one. */
export const createBodyServer = (): Handlers => {
  let body: BodyDocument | null = null;
  let found: number[] = [];
  let searches = 0;

  const opened = (): BodyDocument => {
    if (!body) throw new Error("No body has been opened.");
    return body;
  };
  const tree = () => {
    const { tree: its } = opened();
    if (!its) throw new Error("The body is no tree.");
    return its;
  };

  return {
    async open({ source, truncated }) {
      found = [];
      body = new BodyDocument(await bytesOf(source), truncated);
      return body.facts;
    },
    async rows({ form, columns, from, to }) {
      return { total: opened().count(form, columns), page: opened().page(form, columns, from, to) };
    },
    async set({ node, open, all }) {
      if (all) tree().setAll(open);
      else tree().set(node, open);
      return { row: tree().rowOf(node) };
    },
    async find({ form, columns, query }) {
      const own = (searches += 1);
      const isNewest = (): boolean => own === searches;
      const pause = async (): Promise<boolean> => {
        await breathe();
        return isNewest();
      };
      // What is typed on the way to a word need not be looked for to its end.
      if (!(await pause())) return null;
      const matches = query === "" ? [] : await opened().find(form, columns, query, pause);
      if (matches === null || !isNewest()) return null;
      found = matches;
      return { count: found.length };
    },
    async goTo({ form, columns, match }) {
      const node = found[match] ?? 0;
      return { row: opened().rowOf(form, columns, node), node };
    },
    rowOf: async ({ node }) => ({ row: tree().rowOf(node) }),
    async parent({ node }) {
      const parent = tree().index.parentOf(node);
      return parent === null ? null : { row: tree().rowOf(parent) };
    },
    value: async ({ node }) => tree().value(node),
    pointer: async ({ node }) => tree().pointer(node),
    whole: async ({ form }) => opened().whole(form),
  };
};
