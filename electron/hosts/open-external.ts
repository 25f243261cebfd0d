import open from "open";

/** Opens an https or loopback address in the system's browser, or a folder in its file manager. @throws where there is none */
export const openInBrowser = async (address: string): Promise<void> => {
  const child = await open(address);
  child.on("error", () => undefined);
};
