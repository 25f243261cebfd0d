// `npm start`. Only what an old Node can parse, too; the rest follows once it is new enough.
import { isNodeNewEnough } from "./node-version.mjs";

if (isNodeNewEnough(process.versions.node)) import("./start-bellhop.mjs");
else process.exitCode = 1;
