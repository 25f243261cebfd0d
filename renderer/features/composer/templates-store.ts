import { defineStore } from "pinia";
import { computed, shallowRef } from "vue";
import type { DraftTemplate } from "../../../shared/model/draft";
import { useClient, useConnection } from "../../layout";
import { useDrafts, type NewDraft } from "./drafts-store";
import { useUndo } from "./undo-store";

/** The person's own templates: drafts kept to begin others from. */
export const useTemplates = defineStore("templates", () => {
  const client = useClient();
  const drafts = useDrafts();
  const undo = useUndo();
  const list = shallowRef<readonly DraftTemplate[]>([]);
  /** The draft of which a template is being made, while its name is asked for. */
  const saving = shallowRef<NewDraft | null>(null);

  const load = async (): Promise<void> => {
    list.value = await client.call("templates.list", {});
  };
  const write = async ({ id, name, messageType, text }: NewDraft & { id: string }): Promise<void> => {
    await client.call("templates.save", { id, name, messageType, text });
    await load();
  };
  const byName = computed(() => new Map(list.value.map((template) => [template.name, template])));

  client.on("templates.changed", () => void load().catch(() => undefined));
  useConnection().onAgain(() => void load().catch(() => undefined));

  return {
    list,
    saving,
    load,
    named: (name: string): DraftTemplate | undefined => byName.value.get(name),
    /** Keeps a draft as a template under a name; one of that name is replaced, and can be had back. */
    async keep(draft: NewDraft, name: string): Promise<void> {
      const before = byName.value.get(name);
      await write({ ...draft, name, id: before?.id ?? crypto.randomUUID() });
      if (before) undo.note({ words: `Replaced the template “${name}”.`, undo: () => write(before) });
    },
    rename: (template: DraftTemplate, name: string): Promise<void> => write({ ...template, name }),
    async remove(template: DraftTemplate): Promise<void> {
      await client.call("templates.remove", { id: template.id });
      await load();
      undo.note({ words: `Deleted the template “${template.name}”.`, undo: () => write(template) });
    },
    /** Makes a draft of a template and shows it. */
    use: (template: DraftTemplate): string => drafts.create(template),
  };
});
