import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Core } from "../../core/create-core";
import { securityHeaders } from "../content-security-policy";
import type { RendererFile } from "../renderer-files";
import { attachment, fileNameHeader, receiveUpload } from "../transfer-answers";
import type { Access } from "./access-token";
import { entryPage, entryPagePolicy } from "./entry-page";
import {
  checkCookie,
  checkFetchSite,
  checkHost,
  checkKey,
  checkOrigin,
  redeemToken,
  Refusal,
} from "./request-checks";

export interface HttpServerOptions {
  core: Core;
  access: Access;
  files: ReadonlyMap<string, RendererFile>;
  /** `127.0.0.1:PORT`; known once the server listens. */
  host(): string;
  cookieName(): string;
  report(problem: string): void;
}

const noStore = { "Cache-Control": "no-store" };
const keyHeader = "x-bellhop-key";
const downloadPath = "/transfer/download/";

const pathOf = (request: IncomingMessage): URL => {
  const address = `http://127.0.0.1${request.url ?? "/"}`;
  if (!URL.canParse(address)) throw new Refusal("The address cannot be read.", 400);
  return new URL(address);
};

const wants = (request: IncomingMessage, ...methods: string[]): void => {
  if (!methods.includes(request.method ?? ""))
    throw new Refusal(`Here Bellhop answers to ${methods.join(" and ")} only.`, 405);
};

const answerText = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, {
    ...securityHeaders,
    ...noStore,
    "Content-Type": "text/plain; charset=utf-8",
  });
  response.end(`${text}\n`);
};

/** Serves the renderer and the transfers of files, to the browser that was let in and to nobody else. */
export const createHttpServer = (options: HttpServerOptions): Server => {
  const { core, access, files, report } = options;

  const enter = (request: IncomingMessage, response: ServerResponse, token: string): void => {
    wants(request, "GET");
    const { cookie, key } = redeemToken(request, access, token);
    response.writeHead(200, {
      ...securityHeaders,
      ...noStore,
      "Content-Security-Policy": entryPagePolicy,
      "Content-Type": "text/html; charset=utf-8",
      "Set-Cookie": `${options.cookieName()}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
    });
    response.end(entryPage(key));
  };

  const upload = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    wants(request, "PUT");
    checkOrigin(request, options.host());
    checkKey(checkCookie(request, access, options.cookieName()), request.headers[keyHeader]);
    const name = request.headers[fileNameHeader];
    const answer = await receiveUpload(core, typeof name === "string" ? name : null, request);
    response.writeHead(answer.ok ? 200 : 400, {
      ...securityHeaders,
      ...noStore,
      "Content-Type": "application/json; charset=utf-8",
      // What was not read of a refused file would stand in the way of the next request.
      ...(!answer.ok && { Connection: "close" }),
    });
    response.end(JSON.stringify(answer));
  };

  const download = async (response: ServerResponse, ticket: string): Promise<void> => {
    const file = core.transfers.open(ticket);
    if (!file) throw new Refusal("This download is over: its address works once. Start it again.", 404);
    response.writeHead(200, {
      ...securityHeaders,
      ...noStore,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Content-Type": file.contentType,
      "Content-Disposition": attachment(file.name),
      ...(file.size !== null && { "Content-Length": file.size }),
    });
    await pipeline(file.stream, response);
  };

  const page = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const file = files.get(path);
    if (!file) throw new Refusal("There is nothing at this address.", 404);
    response.writeHead(200, {
      ...securityHeaders,
      "Content-Type": file.contentType,
      "Cache-Control": file.immutable ? "private, max-age=31536000, immutable" : "no-store",
    });
    if (request.method === "HEAD") response.end();
    else await pipeline(createReadStream(file.path), response);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    checkHost(request, options.host());
    checkFetchSite(request);
    const { pathname, searchParams } = pathOf(request);
    const token = pathname === "/" ? searchParams.get("token") : null;
    if (token !== null) return enter(request, response, token);
    if (pathname === "/transfer/upload") return upload(request, response);
    const session = checkCookie(request, access, options.cookieName());
    wants(request, "GET", "HEAD");
    if (pathname === "/session") {
      checkKey(session, request.headers[keyHeader]);
      response.writeHead(204, { ...securityHeaders, ...noStore }).end();
    } else if (pathname.startsWith(downloadPath)) {
      wants(request, "GET");
      await download(response, pathname.slice(downloadPath.length));
    } else await page(request, response, pathname);
  };

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof Refusal && !response.headersSent) {
        answerText(response, error.status, error.message);
      } else {
        // A browser that went away in the middle is no problem of ours.
        if (!response.destroyed && !request.destroyed) report(`A request failed: ${String(error)}`);
        response.destroy();
      }
    });
  });
};
