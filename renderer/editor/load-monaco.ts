import type * as Monaco from "monaco-editor/esm/vs/editor/editor.api";

let loading: Promise<typeof Monaco> | undefined;

const afterPaint = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Loads Monaco once, after the first paint. @throws where its files cannot be fetched; the next call tries again */
export const loadMonaco = (): Promise<typeof Monaco> => {
  loading ??= afterPaint()
    .then(() => import("./monaco"))
    .then(({ monaco }) => monaco);
  loading.catch(() => (loading = undefined));
  return loading;
};
