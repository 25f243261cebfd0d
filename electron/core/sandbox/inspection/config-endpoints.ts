import { configText, writtenConfig } from "../config/config-text";
import type { ConfigHolder } from "../config/config-holder";
import type { KeepConfig } from "../config/kept-config";
import { parseConfig } from "../config/parse-config";
import { isPublic, type SandboxConfig } from "../config/sandbox-config";
import type { Route } from "../http/router";
import { asYaml, wantsText } from "./as-yaml";
import { explainErrors } from "./explain-errors";
import { readSmallText } from "./read-body";

export interface ConfigEndpointOptions {
  holder: ConfigHolder;
  instance: string;
  /** Says no to what must not be, such as the public credential where other machines get in. @throws AppError */
  check(next: SandboxConfig): void;
  keep: KeepConfig;
}

const path = "/_sandbox/config";

const warnOfKeys = (before: SandboxConfig, next: SandboxConfig): string[] => {
  const isSame = before.clientKey === next.clientKey && before.apiToken === next.apiToken;
  if (isSame) return [];
  const kept = "The client key and API token hold until the sandbox ends; they are not kept in a file.";
  if (isPublic(next)) return [kept];
  return [kept, "The environment sandbox shows the public credential, so its events are answered 401 now."];
};

/** Durations stay in milliseconds here, because scripts compare them. */
const shown = (config: SandboxConfig): object => ({
  ...writtenConfig(config),
  pointsOfSale: config.pointsOfSale.map(({ name, timeout }) => ({ name, timeout: `${timeout}ms` })),
  delay: `${config.delay}ms`,
  quota: config.quota,
});

/** The configuration, shown without its keys and changed while the sandbox runs. */
export const createConfigEndpoints = ({ holder, instance, check, keep }: ConfigEndpointOptions): Route[] => {
  let keeping: Promise<unknown> = Promise.resolve();

  /** One after the other, and what holds by then, so that what is kept is what holds. */
  const keepCurrent = (): Promise<string | null> => {
    const next = keeping.then(() => keep(holder.current()));
    keeping = next.catch(() => undefined);
    return next;
  };

  return [
    {
      method: "GET",
      path,
      answer: async ({ query }) =>
        wantsText(query)
          ? asYaml(configText(holder.current()))
          : { status: 200, body: { instance, ...shown(holder.current()) } },
    },
    explainErrors({
      method: "PUT",
      path,
      async answer(request) {
        const { config, says, warnings } = parseConfig(await readSmallText(request), "configuration");
        const before = holder.current();
        const next = {
          ...config,
          clientKey: says.clientKey ? config.clientKey : before.clientKey,
          apiToken: says.apiToken ? config.apiToken : before.apiToken,
        };
        check(next);
        holder.replace(next);
        const notKept = await keepCurrent();
        const all = [...warnings, ...warnOfKeys(before, next), ...(notKept === null ? [] : [notKept])];
        return { status: 200, body: { status: "OK", warnings: all } };
      },
    }),
  ];
};
