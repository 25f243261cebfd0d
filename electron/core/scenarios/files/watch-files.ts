import { watch, type FSWatcher } from "node:fs";
import { dirname } from "node:path";
import { stampOf, type FolderScan } from "./scan-folder";

/** Notices what other programs do to the files of a workspace. */
export interface FileWatch {
  /** The files as they are now; from the first call on, changes are noticed. */
  scan(): Promise<FolderScan>;
  /** Looks after a file from outside the workspace, too. */
  also(file: string): Promise<void>;
  /** Says what was changed here, so that it is not said once more when it is seen on the disk. */
  changed(paths: readonly string[]): Promise<void>;
  close(): void;
}

/** Milliseconds. Programs write in several strokes: these are taken together. */
const settle = 100;
/** Milliseconds between looks where the system tells of every change, and where it cannot. */
const looks = { watched: 15_000, blind: 1_000 };
/** Files from outside that are looked after; a person opens a handful. */
const mostOutside = 100;

const differences = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));

/**
 * Each folder is watched for itself: a recursive watch would take in `node_modules` and does not exist everywhere. What
 * the system says is only a reason to look; what has changed is told by the files' stamps. Where watching fails (too
 * many folders, a network drive), it is looked every second.
 *
 * @param look goes through the workspace
 * @param say is told the paths of what has changed, relative to the workspace or absolute
 */
export const createFileWatch = (
  look: () => Promise<FolderScan>,
  say: (paths: string[]) => void,
): FileWatch => {
  const watchers = new Map<string, FSWatcher>();
  const outside = new Set<string>();
  let known: Map<string, string> | null = null;
  let folders: readonly string[] = [];
  let blind = false;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  let soon = false;
  let work: Promise<unknown> = Promise.resolve();

  const schedule = (isSoon: boolean): void => {
    if (closed || known === null || (timer !== null && (soon || !isSoon))) return;
    if (timer !== null) clearTimeout(timer);
    soon = isSoon;
    const wait = isSoon ? settle : blind ? looks.blind : looks.watched;
    timer = setTimeout(() => {
      timer = null;
      void refresh().catch(() => undefined);
    }, wait).unref();
  };

  const unwatch = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };

  const watchFolder = (folder: string): void => {
    if (watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, () => schedule(true));
      watcher.on("error", () => {
        unwatch(folder);
        blind = true;
        schedule(true);
      });
      watchers.set(folder, watcher);
    } catch {
      blind = true;
    }
  };

  const follow = (): void => {
    const wanted = new Set([...folders, ...[...outside].map((file) => dirname(file))]);
    for (const folder of [...watchers.keys()]) if (!wanted.has(folder)) unwatch(folder);
    blind = false;
    for (const folder of wanted) watchFolder(folder);
  };

  const lookOnce = async (own: readonly string[]): Promise<FolderScan> => {
    const scan = await look();
    const all = new Map(scan.files);
    for (const file of outside) all.set(file, (await stampOf(file)) ?? "");
    if (closed) return scan;
    const paths = new Set([...(known === null ? [] : differences(known, all)), ...own]);
    known = all;
    folders = scan.folders;
    follow();
    if (paths.size > 0) say([...paths]);
    schedule(false);
    return scan;
  };

  /** One after the other, so that a change is said once. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const acting = work.then(act);
    work = acting.catch(() => schedule(false));
    return acting;
  };

  const refresh = (own: readonly string[] = []): Promise<FolderScan> => inTurn(() => lookOnce(own));

  return {
    scan: () => refresh(),
    also: (file) =>
      inTurn(async () => {
        if (outside.has(file) || known === null) return;
        const [oldest] = outside;
        if (outside.size >= mostOutside && oldest !== undefined) outside.delete(oldest);
        outside.add(file);
        known.set(file, (await stampOf(file)) ?? "");
        follow();
      }),
    async changed(paths) {
      // A shell that makes a file and ends has nobody to watch for.
      if (known === null) say([...paths]);
      else await refresh(paths);
    },
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      for (const folder of [...watchers.keys()]) unwatch(folder);
    },
  };
};
