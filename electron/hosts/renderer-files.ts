import { readdirSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

/** One file of the built renderer. */
export interface RendererFile {
  /** Absolute path. */
  path: string;
  contentType: string;
  /** Its name carries a hash of its content, so a browser may keep it. */
  immutable: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
};

/**
 * The files that a host serves, by path of the address. A request is looked up in this map, which is made once at
 * the start; it never becomes a path of the disk, so no address can leave the folder.
 *
 * @param folder absolute path of the built renderer
 * @throws where the folder cannot be read, because the program was not built
 */
export const listRendererFiles = (folder: string): ReadonlyMap<string, RendererFile> => {
  const files = new Map<string, RendererFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join("/");
    files.set(`/${name}`, {
      path,
      contentType: contentTypes[extname(name)] ?? "application/octet-stream",
      immutable: name.startsWith("assets/"),
    });
  }
  const index = files.get("/index.html");
  if (index) files.set("/", index);
  return files;
};
