import type { Query } from "../http/query";
import type { Route } from "../http/router";
import type { SandboxRequest } from "../http/sandbox-request";
import type { GuestCriteria } from "../store/guest-reader";
import { collection, hrefOf, pageOf } from "./collection";
import { guestResource } from "./guest-resource";
import { livingGuest } from "./living-guest";
import { guarded, type ReadBackContext } from "./read-back-context";
import { badParameter } from "./rest-refusals";

const criteriaOf = (search: ReadonlyMap<string, string>): GuestCriteria => {
  const criteria: GuestCriteria = {};
  // How the two differ is not documented: here both find the whole address.
  const email = search.get("email") ?? search.get("email.untouched");
  if (email !== undefined) criteria.email = email;
  for (const name of ["firstName", "lastName", "phoneNumber"] as const) {
    const value = search.get(name);
    if (value !== undefined) criteria[name] = value;
  }
  const provider = search.get("identifiers.provider");
  const id = search.get("identifiers.id");
  if (provider !== undefined && id !== undefined) criteria.identifier = { provider, id };
  else if (provider !== undefined) throw badParameter("identifiers.id", "given with identifiers.provider");
  else if (id !== undefined) throw badParameter("identifiers.provider", "given with identifiers.id");
  return criteria;
};

const searchable = [
  "firstName",
  "lastName",
  "email",
  "email.untouched",
  "phoneNumber",
  "identifiers.provider",
  "identifiers.id",
];

const searchOf = (query: Query): Map<string, string> =>
  new Map(
    searchable.flatMap((name) => {
      const value = query.get(name);
      if (value === "") throw badParameter(name, "a text that is not empty");
      return value === null ? [] : [[name, value] as const];
    }),
  );

/** Oldest first unless asked otherwise; what the real API does without `sort` is unverified. */
const orderOf = (query: Query): "oldest-first" | "newest-first" => {
  const sort = query.get("sort") ?? "createdAt::ASC";
  if (sort === "createdAt::ASC") return "oldest-first";
  if (sort === "createdAt::DESC") return "newest-first";
  throw badParameter("sort", "createdAt::ASC or createdAt::DESC");
};

/** `GET /v2.1/guests` and `GET /v2.1/guests/{ref}`, or those of v2: the same but for the path (facts §6). */
const endpointsOf = (version: "v2" | "v2.1", context: ReadBackContext): Route[] => {
  const { guests } = context;
  const path = `/${version}/guests`;
  const addressOf = (request: SandboxRequest, ref: string): string =>
    hrefOf(request, `${path}/${encodeURIComponent(ref)}`);

  return [
    guarded(context, path, async (request) => {
      const { query } = request;
      const search = searchOf(query);
      const page = pageOf(query);
      const found = await guests.find(criteriaOf(search), orderOf(query), page.offset, page.limit);
      const items = found.profiles.map((profile) => {
        const href = addressOf(request, profile.ref);
        return query.get("expand") === "true" ? guestResource(profile, href) : { href };
      });
      return collection(request, page, [...search], items);
    }),
    guarded(context, `${path}/{ref}`, async (request, ref) => {
      const profile = await livingGuest(ref, guests);
      return { status: 200, body: guestResource(profile, addressOf(request, ref)) };
    }),
  ];
};

/** The Guest REST API, as much of it as reads guests (Sitecore: "Retrieve guests", "Retrieve a guest"). */
export const createGuestApiEndpoints = (context: ReadBackContext): Route[] => [
  ...endpointsOf("v2.1", context),
  ...endpointsOf("v2", context),
];
