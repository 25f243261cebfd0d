import { ListChecks } from "@lucide/vue";
import { onBeforeUnmount, onMounted } from "vue";
import { useCommand, useProblems } from "../../layout";
import { AppError } from "../../../shared/contract/errors";
import { holdsMany, isLinesFile } from "./many-events";
import { useSendMany } from "./send-many-store";

/** Where text that is pasted or dropped belongs to what is there. */
const fields = "input, textarea, select, [contenteditable='true'], .monaco-editor, [role='dialog']";
const isInField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(fields) !== null;

const oneEvent = (name: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${name} does not hold several events.`,
    hint: "A list […] or one event a line can be dropped here; one event is opened as a draft in Compose.",
  });

/**
 * Takes many events that are pasted or dropped anywhere in the window, unless a view has taken them itself. A file of
 * lines goes here from everywhere.
 */
export const useSendManyAnywhere = (): void => {
  const store = useSendMany();
  const problems = useProblems();

  useCommand({
    id: "sendMany.open",
    title: "Send many events…",
    detail: "a list or NDJSON",
    icon: ListChecks,
    section: "Compose",
    run: store.show,
  });

  const paste = (event: ClipboardEvent): void => {
    if (event.defaultPrevented || isInField(event.target)) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const [file] = event.clipboardData?.files ?? [];
    if (file ? !isLinesFile(file.name) : !holdsMany(text)) return;
    event.preventDefault();
    void (file ? store.takeFile(file) : store.takeText(text));
  };

  const takeMany = async (file: File): Promise<void> => {
    if (isLinesFile(file.name) || holdsMany(await file.slice(0, 100_000).text())) await store.takeFile(file);
    else problems.report(oneEvent(file.name));
  };

  const dragOver = (event: DragEvent): void => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
    // Otherwise the window would leave Bellhop for the file.
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  };
  const dropLines = (event: DragEvent): void => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file || !isLinesFile(file.name)) return;
    event.preventDefault();
    event.stopPropagation();
    void store.takeFile(file);
  };
  const drop = (event: DragEvent): void => {
    const [file] = event.dataTransfer?.files ?? [];
    if (event.defaultPrevented || !file) return;
    event.preventDefault();
    takeMany(file).catch((error: unknown) => problems.report(error));
  };

  onMounted(() => {
    store.load().catch(() => undefined);
    // Behind what listens at the document: a view that takes a text or a file itself comes first.
    window.addEventListener("paste", paste);
    window.addEventListener("dragover", dragOver);
    window.addEventListener("drop", dropLines, { capture: true });
    window.addEventListener("drop", drop);
  });
  onBeforeUnmount(() => {
    window.removeEventListener("paste", paste);
    window.removeEventListener("dragover", dragOver);
    window.removeEventListener("drop", dropLines, { capture: true });
    window.removeEventListener("drop", drop);
  });
};
