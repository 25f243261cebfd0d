import { protocol, type Session } from "electron";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Core } from "../../core/create-core";
import { securityHeaders } from "../content-security-policy";
import type { RendererFile } from "../renderer-files";
import { attachment, fileNameHeader, receiveUpload } from "../transfer-answers";
import { applicationOrigin, applicationScheme, crashedPath } from "./application-address";
import { crashedHeaders, crashedPage } from "./crashed-page";

/** To be called before Electron is ready: gives the scheme an origin, fetch, and streams. */
export const registerApplicationScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    {
      scheme: applicationScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);

const answer = (status: number, body: BodyInit | null, headers: Record<string, string>): Response =>
  new Response(body, { status, headers: { ...securityHeaders, "Cache-Control": "no-store", ...headers } });

const answerText = (status: number, text: string): Response =>
  answer(status, `${text}\n`, { "Content-Type": "text/plain; charset=utf-8" });

const isForeign = (origin: string | null): boolean => origin !== null && origin !== applicationOrigin;

const upload = async (core: Core, request: Request): Promise<Response> => {
  if (request.method !== "PUT") return answerText(405, "Here Bellhop answers to PUT only.");
  const body = Readable.fromWeb(
    (request.body ?? new Blob([]).stream()) as Parameters<typeof Readable.fromWeb>[0],
  );
  const result = await receiveUpload(core, request.headers.get(fileNameHeader), body);
  return answer(result.ok ? 200 : 400, JSON.stringify(result), {
    "Content-Type": "application/json; charset=utf-8",
  });
};

const download = (core: Core, ticket: string): Response => {
  const file = core.transfers.open(ticket);
  if (!file) return answerText(404, "This download is over: its address works once. Start it again.");
  return answer(200, Readable.toWeb(file.stream) as unknown as ReadableStream, {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Type": file.contentType,
    "Content-Disposition": attachment(file.name),
    ...(file.size !== null && { "Content-Length": String(file.size) }),
  });
};

/** Serves the renderer and the transfers of files to the window, as the loopback host does over http. */
export const serveApplication = (
  session: Session,
  core: Core,
  files: ReadonlyMap<string, RendererFile>,
): void => {
  session.protocol.handle(applicationScheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    if (`${applicationScheme}://${host}` !== applicationOrigin || isForeign(request.headers.get("origin")))
      return answerText(403, "Only Bellhop's own page may ask here.");
    if (pathname === "/transfer/upload") return upload(core, request);
    if (request.method !== "GET") return answerText(405, "Here Bellhop answers to GET only.");
    if (pathname === crashedPath) return answer(200, crashedPage, crashedHeaders);
    if (pathname.startsWith("/transfer/download/"))
      return download(core, pathname.slice("/transfer/download/".length));
    const file = files.get(pathname);
    if (!file) return answerText(404, "There is nothing at this address.");
    return answer(200, new Uint8Array(await readFile(file.path)), { "Content-Type": file.contentType });
  });
};
