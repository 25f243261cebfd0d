import type { Answer } from "../http/answer";
import type { Query } from "../http/query";
import type { SandboxRequest } from "../http/sandbox-request";
import { badParameter } from "./rest-refusals";

/** A part of a collection. */
export interface Page {
  offset: number;
  limit: number;
}

/** @throws Refusal 400 */
export const wholeNumber = (name: string, text: string, lowest: number, highest: number): number => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= lowest && value <= highest) return value;
  throw badParameter(name, `a whole number from ${lowest} to ${highest}`);
};

/**
 * Ten items unless `limit` says otherwise, at most 100 (facts §6). That more is refused and not cut is unverified.
 * @throws Refusal 400
 */
export const pageOf = (query: Query): Page => {
  const offset = query.get("offset");
  const limit = query.get("limit");
  return {
    offset: offset === null ? 0 : wholeNumber("offset", offset, 0, 999_999_999),
    limit: limit === null ? 10 : wholeNumber("limit", limit, 1, 100),
  };
};

/** The address of a path of this sandbox, by the name that the request itself used. */
export const hrefOf = ({ headers }: Pick<SandboxRequest, "headers">, path: string): string =>
  `http://${headers.host}${path}`;

/**
 * `{href, offset, limit, items}`, the href with page and search as Sitecore's samples have it ("Retrieve guests").
 * They show no links to other pages, so there are none.
 *
 * @param search the fields that narrowed it, in their order
 */
export const collection = (
  request: SandboxRequest,
  { offset, limit }: Page,
  search: readonly (readonly [string, string])[],
  items: object[],
): Answer => {
  const fields = [["offset", String(offset)], ["limit", String(limit)], ...search];
  const query = fields.map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`).join("&");
  const href = `${hrefOf(request, request.path)}?${query}`;
  return { status: 200, body: { href, offset, limit, items } };
};
