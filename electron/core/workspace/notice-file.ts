import { watch, type FSWatcher } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";

/** Milliseconds. Programs write in several strokes: these are taken together. */
const settle = 50;
/** Milliseconds between looks where the system says nothing, as on a network drive or before the folder is made. */
const look = 1000;

const stampOf = (file: string): Promise<string> =>
  stat(file, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => [ino, size, mtimeNs, ctimeNs].join(" "),
    () => "",
  );

/**
 * Notices at once when a file is written, replaced, made or removed, by whichever program. Its folder is watched,
 * because an editor puts another file in its place, which ends a watch on the file itself; it need not exist yet. What
 * the system says is only a reason to look: whether something has changed is told by the file's stamp.
 *
 * @param file absolute path
 */
export const noticeFile = (file: string, changed: () => void): { close(): void } => {
  const [folder, name] = [dirname(file), basename(file)];
  let watcher: FSWatcher | null = null;
  let known: string | null = null;
  let soon: NodeJS.Timeout | null = null;
  let closed = false;

  const compare = async (): Promise<void> => {
    const stamp = await stampOf(file);
    if (closed || stamp === known) return;
    const isFirst = known === null;
    known = stamp;
    if (!isFirst) changed();
  };

  const unwatch = (): void => {
    watcher?.close();
    watcher = null;
  };
  const lookSoon = (): void => {
    if (closed) return;
    if (soon !== null) clearTimeout(soon);
    soon = setTimeout(() => void compare(), settle).unref();
  };
  const follow = (): void => {
    if (watcher !== null) return;
    try {
      watcher = watch(folder, { persistent: false }, (_kind, about) => {
        if (about === null || about === name) lookSoon();
        // The folder itself was renamed or removed: another may come in its place.
        else if (about === basename(folder)) unwatch();
      });
      watcher.on("error", unwatch);
    } catch {
      // There is no such folder yet, or no more watches are to be had: then looking has to do.
    }
  };

  follow();
  void compare();
  const timer = setInterval(() => {
    follow();
    void compare();
  }, look).unref();

  return {
    close() {
      closed = true;
      clearInterval(timer);
      if (soon !== null) clearTimeout(soon);
      unwatch();
    },
  };
};
