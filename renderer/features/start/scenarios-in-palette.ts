import { Play, Presentation } from "@lucide/vue";
import type { WorkspaceFileRow } from "../../../shared/model/scenario";
import { useClient, usePaletteProvider, type FoundItem, type ScenarioOpener } from "../../layout";

interface ScenarioDoors {
  open: ScenarioOpener;
  present(path: string): Promise<void>;
}

const says = (query: string, text: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));

/** Lets the palette play and present every scenario of the workspace: "play first purchase". */
export const useScenariosInPalette = ({ open, present }: ScenarioDoors): void => {
  const client = useClient();

  const playing = ({ path, name }: WorkspaceFileRow): FoundItem => ({
    id: `scenario.play.${path}`,
    title: `Play ${name}`,
    detail: path,
    icon: Play,
    run: () => open(path, { play: true }),
  });
  const presenting = ({ path, name }: WorkspaceFileRow): FoundItem => ({
    id: `scenario.present.${path}`,
    title: `Present ${name}`,
    detail: "step by step, full screen",
    icon: Presentation,
    run: async () => {
      open(path);
      await present(path);
    },
  });

  usePaletteProvider({
    id: "scenarios",
    section: "Scenarios",
    search: async (query) => {
      const { files } = await client.call("scenarios.list", {});
      const scenarios = files.filter(({ kind }) => kind === "scenario");
      const items = [...scenarios.map(playing), ...scenarios.map(presenting)];
      return items.filter(({ title, detail }) => says(query, `${title} ${detail ?? ""}`));
    },
  });
};
