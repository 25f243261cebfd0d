import type { ConfigHolder } from "./config-holder";
import type { SandboxConfig } from "./sandbox-config";

/** What is made of a configuration, made anew once another one holds. */
export const followConfig = <T>(config: ConfigHolder, make: (config: SandboxConfig) => T): (() => T) => {
  let from = config.current();
  let made = make(from);
  return () => {
    if (from !== config.current()) {
      from = config.current();
      made = make(from);
    }
    return made;
  };
};
