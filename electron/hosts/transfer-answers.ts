import type { Core } from "../core/create-core";
import { AppError } from "../../shared/contract/errors";
import type { Envelope } from "../../shared/contract/messages";

/** The header that carries a file's name, percent-encoded. */
export const fileNameHeader = "x-bellhop-file-name";

const longestName = 255;

const readName = (header: string | null | undefined): string => {
  try {
    const name =
      decodeURIComponent(header ?? "")
        .split(/[/\\]/)
        .at(-1) ?? "";
    return name.slice(0, longestName) || "file";
  } catch {
    return "file";
  }
};

/**
 * Takes an uploaded file in.
 *
 * @param name the value of `fileNameHeader`
 * @returns an envelope with the ticket for a command; never throws
 */
export const receiveUpload = async (
  core: Core,
  name: string | null | undefined,
  body: AsyncIterable<Uint8Array>,
): Promise<Envelope<string>> => {
  try {
    return { ok: true, value: await core.transfers.receive(readName(name), body) };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.toData() };
    return {
      ok: false,
      error: { code: "INTERNAL", message: "The file did not arrive whole.", hint: "Try again." },
    };
  }
};

/** The header that makes a browser save a file under a name instead of showing it (RFC 6266, RFC 8187). */
export const attachment = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9 ._-]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};
