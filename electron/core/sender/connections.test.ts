import { constants, createSecureServer } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { rootCertificates } from "node:tls";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  makeCertificate,
  startScriptedServer,
  type Certificate,
  type ScriptedServer,
} from "../../../e2e/fixtures/scripted-server";
import { Secret } from "../vault/secret";
import { makeAuthority, type Authority } from "./certificates-for-tests";
import { createHttpClient, type HttpClient, type HttpRequest } from "./http-client";
import type { Route } from "./route";
import type { Proxy } from "./proxies";
import { startTestProxy, type TestProxy } from "./proxy-for-tests";
import type { Authorities } from "./trusted-authorities";

let company: Authority;
let good: Certificate;
beforeAll(async () => {
  company = await makeAuthority("Corp Inspection CA", "Corp Ltd");
  good = await company.sign("localhost");
});

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const direct: Route = { extraCa: null, acceptSelfSigned: false, proxy: null };
const through = ({ url }: TestProxy, login?: string): Proxy => ({
  address: url,
  login: login === undefined ? null : new Secret(login),
  variable: "HTTPS_PROXY",
});

const clientThatTrusts = (...certificates: string[]): HttpClient => {
  const trusted: Authorities = {
    certificates: [...rootCertificates, ...certificates],
    from: "",
    problem: null,
  };
  const client = createHttpClient({ readTrusted: async () => trusted });
  open.push(() => client.close());
  return client;
};

const request = (url: string): HttpRequest => ({
  method: "POST",
  url: `${url}/v1.2/events`,
  headers: { "content-type": "application/json" },
  body: '{"type":"VIEW"}',
});
const exchange = (client: HttpClient, url: string, route: Partial<Route> = {}) =>
  client.exchange(request(url), { ...direct, ...route }, 10_000, new AbortController().signal);

const serve = async (certificate?: Certificate): Promise<ScriptedServer> => {
  const server = await startScriptedServer(() => ({ status: 201, body: '{"ref":"1"}' }), certificate);
  open.push(() => server.close());
  return server;
};
const proxied = async (...options: Parameters<typeof startTestProxy>): Promise<TestProxy> => {
  const proxy = await startTestProxy(...options);
  open.push(() => proxy.close());
  return proxy;
};

describe("a server's certificate", () => {
  it("is trusted when the system's authorities, or the environment's file, vouch for it", async () => {
    const { url } = await serve(good);
    expect((await exchange(clientThatTrusts(company.cert), url)).response?.status).toBe(201);
    expect((await exchange(clientThatTrusts(), url, { extraCa: company.cert })).response?.status).toBe(201);
  });

  it("of an unknown authority is refused with the authority's name and what to do", async () => {
    const server = await serve(good);
    const { error, response } = await exchange(clientThatTrusts(), server.url);
    expect(response).toBeNull();
    expect(error?.code).toBe("TLS");
    expect(error?.message).toMatch(/not trusted: .*\(Corp Inspection CA \(Corp Ltd\)\)\.$/);
    expect(error?.hint).toContain("certificate inspection");
    expect(server.requests).toEqual([]);
  });

  it("for another host, or out of its time, is refused even where its authority is trusted", async () => {
    const day = 86_400_000;
    const past = { notBeforeDate: new Date(Date.now() - 9 * day), notAfterDate: new Date(Date.now() - day) };
    const future = {
      notBeforeDate: new Date(Date.now() + day),
      notAfterDate: new Date(Date.now() + 9 * day),
    };
    const client = clientThatTrusts(company.cert);
    for (const [certificate, words] of [
      [await company.sign("portal.hotel.example"), /it is for another host \(portal\.hotel\.example\)\.$/],
      [await company.sign("localhost", past), /it has expired \(on .+ GMT\)\.$/],
      [await company.sign("localhost", future), /it is not valid yet \(not before .+ GMT\)\.$/],
    ] as const) {
      const { error } = await exchange(client, (await serve(certificate)).url);
      expect(error).toMatchObject({ code: "TLS", message: expect.stringMatching(words) });
    }
  });

  it("that was read to be named is not trusted afterwards", async () => {
    const client = clientThatTrusts(company.cert);
    const { url } = await serve(await company.sign("elsewhere.example"));
    for (let count = 0; count < 3; count += 1) expect((await exchange(client, url)).error?.code).toBe("TLS");
  });

  it("signed by itself is accepted by the profile's switch alone", async () => {
    const { url } = await serve(await makeCertificate("localhost"));
    const client = clientThatTrusts();
    expect((await exchange(client, url)).error?.hint).toContain("accept self-signed certificates");
    expect((await exchange(client, url, { acceptSelfSigned: true })).response?.status).toBe(201);
  });
});

describe("HTTP/2", () => {
  it("is spoken where the server prefers it, also through a proxy, and HTTP/1.1 elsewhere", async () => {
    const versions: string[] = [];
    const server = createSecureServer({ ...good, allowHTTP1: true }, (incoming, response) => {
      versions.push(incoming.httpVersion);
      if (incoming.url === "/reset/v1.2/events")
        return response.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      incoming.resume().on("end", () => {
        response.writeHead(201, { "content-type": "application/json", "x-a": "1" });
        response.end('{"ref":"1"}');
      });
      return undefined;
    });
    const sockets = new Set<Socket>();
    server.on("secureConnection", (socket: Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
    open.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    const client = clientThatTrusts(company.cert);

    const first = await exchange(client, url);
    expect(first.error).toBeNull();
    expect(first.response).toMatchObject({ status: 201, headers: { "x-a": "1" } });
    expect(first.response?.body.bytes.toString()).toBe('{"ref":"1"}');
    expect(first.timings.tls).toEqual(expect.any(Number));
    const second = await exchange(client, url);
    expect(second.timings).toMatchObject({ connect: null, tls: null, firstByte: expect.any(Number) });
    const all = await Promise.all(Array.from({ length: 20 }, () => exchange(client, url)));
    expect(all.every(({ response }) => response?.status === 201)).toBe(true);
    const proxy = await proxied();
    expect((await exchange(client, url, { proxy: through(proxy) })).response?.status).toBe(201);
    const reset = await exchange(client, `${url}/reset`);
    expect(reset.error).toMatchObject({
      code: "RESET",
      message: expect.stringContaining("closed the connection without an answer") as string,
      hint: expect.stringContaining("may or may not have arrived") as string,
    });
    expect(new Set(versions)).toEqual(new Set(["2.0"]));
    expect((await exchange(client, (await serve(good)).url)).response?.statusText).toBe("Created");
  });
});

describe("a proxy", () => {
  it("is told its password, the target is not, and both kinds of way are gone", async () => {
    const proxy = await proxied({ login: "ann:pass-word-1" });
    const client = clientThatTrusts(company.cert);
    const secure = await serve(good);
    const plain = await serve();
    for (const server of [secure, plain]) {
      const { response, error } = await exchange(client, server.url, {
        proxy: through(proxy, "ann:pass-word-1"),
      });
      expect(error).toBeNull();
      expect(response?.status).toBe(201);
      expect(server.requests).toHaveLength(1);
      expect(JSON.stringify(server.requests)).not.toContain("proxy-authorization");
    }
    expect(proxy.asked.map(({ method, target }) => [method, target])).toEqual([
      ["CONNECT", `localhost:${secure.port}`],
      ["POST", `${plain.url}/v1.2/events`],
    ]);
  });

  it("that wants a password, or another one, says where it is given", async () => {
    const proxy = await proxied({ login: "ann:pass-word-1" });
    const client = clientThatTrusts();
    const without = await exchange(client, "https://cdp.example", { proxy: through(proxy) });
    expect(without.error).toMatchObject({
      code: "PROTOCOL",
      message: `The proxy 127.0.0.1:${proxy.port} refused the way to cdp.example:443 (407).`,
      hint: `It wants a name and a password: start Bellhop with HTTPS_PROXY=http://NAME:PASSWORD@127.0.0.1:${proxy.port}. Nothing was sent.`,
    });
    const other = clientThatTrusts();
    const wrong = await exchange(other, "https://cdp.example", { proxy: through(proxy, "ann:wrong-word") });
    expect(wrong.error?.hint).toContain("does not take the name and password in HTTPS_PROXY");
    expect(JSON.stringify(wrong)).not.toContain("wrong-word");
  });

  it("that takes a password by NTLM only is told from one that takes Basic", async () => {
    const proxy = await proxied({ login: "ann:x", scheme: "NTLM" });
    const { error } = await exchange(clientThatTrusts(), "https://cdp.example", { proxy: through(proxy) });
    expect(error?.hint).toContain("by NTLM only");
  });

  it("that looks into connections to Sitecore is named by its authority", async () => {
    const inspector = await serve(await company.sign("api-engage-eu.sitecorecloud.io"));
    const proxy = await proxied({ to: inspector.port });
    const target = "https://api-engage-eu.sitecorecloud.io";
    const { error } = await exchange(clientThatTrusts(), target, { proxy: through(proxy) });
    expect(error?.message).toContain("(Corp Inspection CA (Corp Ltd))");
    expect(error?.hint).toMatch(
      /Sitecore's certificates are signed by a public authority.*certificate inspection/,
    );
    expect(inspector.requests).toEqual([]);
    const trusting = await exchange(clientThatTrusts(company.cert), target, { proxy: through(proxy) });
    expect(trusting.response?.status).toBe(201);
  });

  it("that hangs up is told from the target", async () => {
    const proxy = await proxied({ refusal: 503 });
    const { error } = await exchange(clientThatTrusts(), "https://cdp.example", { proxy: through(proxy) });
    expect(error?.message).toContain("refused the way to cdp.example:443 (503)");
  });
});
