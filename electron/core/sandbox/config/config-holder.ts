import type { SandboxConfig } from "./sandbox-config";

/** The configuration that holds now. Readers ask each time, so that a change takes effect with the next event. */
export interface ConfigHolder {
  current(): SandboxConfig;
  replace(next: SandboxConfig): void;
}

export const createConfigHolder = (first: SandboxConfig): ConfigHolder => {
  let config = first;
  return {
    current: () => config,
    replace(next) {
      config = next;
    },
  };
};
