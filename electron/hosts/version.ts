import { version as packageVersion } from "../../package.json";

/** The version of this Bellhop. */
export const version: string = packageVersion;
