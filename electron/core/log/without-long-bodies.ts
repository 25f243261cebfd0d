import type { Body, Entry } from "../../../shared/model/entry";

const shortened = (body: Body | null, longest: number): Body | null => {
  const kept = body?.text ?? body?.base64 ?? "";
  if (body === null || kept.length <= longest) return body;
  const { size, truncated, encoding } = body;
  return { size, truncated, ...(encoding !== undefined && { encoding }), leftOut: true };
};

/**
 * An entry for a window: what a body says of itself stays, what is in a long one is left out. A window would stand
 * still while it takes megabytes in; `log.download` has them.
 *
 * @param longest characters
 */
export const withoutLongBodies = (entry: Entry, longest: number): Entry => ({
  ...entry,
  request: { ...entry.request, body: shortened(entry.request.body, longest) },
  response: entry.response && { ...entry.response, body: shortened(entry.response.body, longest) },
});
