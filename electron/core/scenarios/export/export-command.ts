import type { HandlersOf } from "../../dispatcher";
import type { EnvironmentsService } from "../../environments/environments-service";
import type { Host } from "../../host";
import { loadScenario } from "../load/load-scenario";
import { exportArtillery } from "./export-artillery";

interface ExportParts {
  host: Pick<Host, "workspaceFolder">;
  environments: Pick<EnvironmentsService, "get">;
}

/** Checks a scenario as a run does, and writes it for another engine. */
export const createExportCommand = ({
  host,
  environments,
}: ExportParts): Pick<HandlersOf<"scenarios">, "scenarios.export"> => ({
  async "scenarios.export"({ path, environment: wanted, name }) {
    const environment = await environments.get(wanted);
    const loaded = await loadScenario({ workspace: host.workspaceFolder, file: path, environment });
    if ("issues" in loaded) return { refused: loaded.issues };
    return exportArtillery({ plan: loaded.plan, environment, name });
  },
});
