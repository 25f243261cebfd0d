import type { Answer } from "./answer";
import { Refusal } from "./answer";
import type { SandboxRequest } from "./sandbox-request";

export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** A path whose `{ref}` stands for one segment: `/v1.2/browser/{ref}/show.json`. */
  path: string;
  answer(request: SandboxRequest, ref: string): Promise<Answer>;
}

const variable = "{ref}";

/** @returns the segment that stands for `{ref}`, "" for a path without one, null where the path is another */
const match = (pattern: string, path: string): string | null => {
  if (pattern === path) return "";
  const start = pattern.indexOf(variable);
  if (start === -1) return null;
  const end = pattern.slice(start + variable.length);
  if (!path.startsWith(pattern.slice(0, start)) || !path.endsWith(end)) return null;
  const segment = path.slice(start, path.length - end.length);
  return segment === "" || segment.includes("/") ? null : segment;
};

const decodeSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, "bad-path", "The path is not percent-encoded UTF-8.", {
      developerMessage: "Encode each part of the path, as encodeURIComponent does.",
    });
  }
};

/** Finds the endpoint for a request, or says which there are. */
export interface Router {
  /** @throws Refusal 400, 404, 405 */
  answer(request: SandboxRequest): Promise<Answer>;
  /** The methods that a path knows; empty for an unknown path. */
  methods(path: string): string[];
}

export const createRouter = (routes: readonly Route[]): Router => {
  const exact = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));

  const find = (method: string, path: string): { route: Route; segment: string } | null => {
    const route = exact.get(`${method} ${path}`);
    if (route) return { route, segment: "" };
    for (const candidate of routes) {
      const segment = candidate.method === method ? match(candidate.path, path) : null;
      if (segment !== null) return { route: candidate, segment };
    }
    return null;
  };

  const methods = (path: string): string[] =>
    [
      ...new Set(routes.filter((route) => match(route.path, path) !== null).map(({ method }) => method)),
    ].sort();

  const explainMiss = ({ method, path }: SandboxRequest): Refusal => {
    const allowed = methods(path);
    if (allowed.length === 0) {
      return new Refusal(404, "unknown-path", `There is no ${path.slice(0, 200)} here.`, {
        developerMessage: `This version of the sandbox has: ${routes.map((route) => `${route.method} ${route.path}`).join(", ")}.`,
      });
    }
    const allow = path.startsWith("/_sandbox/") ? allowed : [...allowed, "OPTIONS"];
    return new Refusal(405, "wrong-method", `${path.slice(0, 200)} does not answer to ${method}.`, {
      developerMessage: `Use ${allowed.join(" or ")}.`,
      headers: { allow: allow.join(", ") },
    });
  };

  return {
    methods,
    async answer(request) {
      const found = find(request.method, request.path);
      if (!found) throw explainMiss(request);
      return found.route.answer(request, decodeSegment(found.segment));
    },
  };
};
