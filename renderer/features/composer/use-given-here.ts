import { onBeforeUnmount, onMounted, ref, type Ref } from "vue";
import { useCommands } from "../../layout";
import { useComposer } from "./composer-actions";
import { draftDragType } from "./use-draft-drag";
import { useGiven } from "./given-store";

const holds = (event: DragEvent, type: string): boolean => event.dataTransfer?.types.includes(type) ?? false;
const within = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

/** Where text that is pasted or dropped belongs to what is there. */
const fields = "input, textarea, select, [contenteditable='true'], .monaco-editor, [role='dialog']";

/** What stands around every view belongs to the one that is on: what the log has copied is pasted from there. */
const aroundViews = "[data-pane='activity'], [data-pane='top'], [data-pane='log'], [data-pane='status']";

/**
 * Makes drafts of what is pasted or dropped into the composer, wherever that is not a field of its own. Files go
 * everywhere, the editor too; a text that is dropped on the editor goes into the event.
 *
 * @param root the composer's element
 * @param visible whether the composer is in view
 */
export const useGivenHere = (root: Ref<HTMLElement | null>, visible: Ref<boolean>) => {
  const commands = useCommands();
  const composer = useComposer();
  const given = useGiven();
  /** Whether something that can be dropped is over the composer. */
  const over = ref(false);

  const perform = (take: () => boolean | Promise<boolean>): Promise<void> =>
    commands.run({
      run: async () => {
        if (await take()) await composer.focusEditor();
      },
    });

  const paste = (event: ClipboardEvent): void => {
    const { target } = event;
    const here =
      target === document.body ||
      within(target, aroundViews) ||
      (target instanceof Node && root.value?.contains(target) === true);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const files = [...(event.clipboardData?.files ?? [])];
    if (event.defaultPrevented || !visible.value || !here || within(target, fields)) return;
    if (files.length === 0 && text.trim() === "") return;
    event.preventDefault();
    void perform(() => (files.length > 0 ? given.takeFiles(files) : given.takeText(text)));
  };

  const canDrop = (event: DragEvent): boolean => {
    if (holds(event, draftDragType)) return false;
    return holds(event, "Files") || (holds(event, "text/plain") && !within(event.target, ".monaco-editor"));
  };
  const dragOver = (event: DragEvent): void => {
    over.value = canDrop(event);
    if (!over.value || !event.dataTransfer) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = "copy";
  };
  const dragLeave = (event: DragEvent): void => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !root.value?.contains(to)) over.value = false;
  };
  const drop = (event: DragEvent): void => {
    over.value = false;
    if (!canDrop(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const files = [...(event.dataTransfer?.files ?? [])];
    const text = event.dataTransfer?.getData("text/plain") ?? "";
    void perform(() => (files.length > 0 ? given.takeFiles(files) : given.takeText(text)));
  };

  onMounted(() => document.addEventListener("paste", paste));
  onBeforeUnmount(() => document.removeEventListener("paste", paste));
  return { over, dragOver, dragLeave, drop };
};
