import { afterEach, beforeEach, expect } from "vitest";
import type { Entry } from "../../../shared/model/entry";
import { openCore, type OpenCore } from "../sender/core-for-tests";

interface Request {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
}

/** An answer, a connection that breaks, or none. */
export type Reply =
  | { status: number; headers?: Record<string, string>; body?: string | Buffer }
  | { raw: string; then: "reset" }
  | { hold: true };

type Script = (request: Request, count: number) => Reply;

/** The scripted server of the end-to-end tests, which only tests may import. */
type StartServer = (script: Script) => Promise<{ url: string; requests: Request[]; close(): Promise<void> }>;

const variables = {
  BELLHOP_CLIENT_KEY_STAGING: "client-key-1",
  BELLHOP_API_TOKEN_STAGING: "api-token-1",
  BELLHOP_CLIENT_KEY_LIVE: "live-key-1",
  BELLHOP_API_TOKEN_LIVE: "live-token-1",
  BELLHOP_CLIENT_KEY_HALF: "half-key-1",
};

/** The reference of the guest that a tenant has unless a test says otherwise. */
export const ada = "f7aabbca-1c1b-4fc2-be72-3e16294a4f03";
export const guest = {
  ...{ href: `https://elsewhere.example/${ada}`, ref: ada },
  ...{ guestType: "customer", firstName: "Ada" },
};
export const byMail = { environment: "staging", by: { email: "ada+test@shop.example" } } as const;

export const json = (body: unknown, status = 200): Reply => ({ status, body: JSON.stringify(body) });

/** What a search answers that has found these guests. */
export const found = (...refs: string[]): Reply =>
  json({
    href: "https://elsewhere.example/v2.1/guests?offset=0&limit=10",
    ...{ offset: 0, limit: 10 },
    items: refs.map((ref) => ({ href: `https://elsewhere.example/v2.1/guests/${ref}` })),
  });

const documented: Script = ({ url }) => (url.includes("?") ? found(ada) : json(guest));

export interface TestTenant {
  core: OpenCore;
  server: Awaited<ReturnType<StartServer>>;
  /** What the tenant answers; a search and a guest as documented, until a test sets it. */
  reply: Script;
  /** Addresses of the requests so far. */
  urls(): string[];
  /** The log, oldest first. */
  entries(): Promise<Entry[]>;
}

/** A tenant on a real socket, as the environment `staging` of a real core, new for each test. */
export const useTenant = (start: StartServer): TestTenant => {
  const tenant = {
    reply: documented,
    urls: () => tenant.server.requests.map(({ url }) => url),
    async entries() {
      const { rows } = await tenant.core.call("log.query", { limit: 100 });
      return Promise.all(rows.reverse().map(({ id }) => tenant.core.call("log.detail", { id })));
    },
  } as TestTenant;
  beforeEach(async () => {
    tenant.reply = documented;
    tenant.server = await start((request, count) => tenant.reply(request, count));
    tenant.core = await openCore(variables);
    await tenant.core.addEnvironment({ name: "staging", baseUrl: tenant.server.url });
  });
  afterEach(async () => {
    await tenant.core.close();
    await tenant.server.close();
    expect(tenant.core.problems).toEqual([]);
  });
  return tenant;
};
