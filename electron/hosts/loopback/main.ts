import { join } from "node:path";
import { claimProfile, prepareProfile, profileFolder, workspaceFolder } from "../../core/profile";
import { windowPort } from "../../core/window-port";
import { AppError } from "../../../shared/contract/errors";
import { parseDuration } from "../../../shared/duration";
import { builtFiles } from "../built-files";
import { createDeferred } from "../deferred";
import { surroundings } from "../display";
import { endIsAsked, endWithin } from "../end-of-process";
import { readyLine, tellJoined } from "../joined";
import { readWindowArguments, type WindowArguments } from "../window-arguments";
import { createLoopbackHost } from "./loopback-host";
import { chooseView, show, type View } from "./show";
import { startLoopback, type Loopback } from "./start-loopback";

const longestLifetime = 60_000;

/** A one-time address is good for a minute; a test may shorten that. */
const tokenLifetime = (): number =>
  Math.min(parseDuration(process.env["BELLHOP_TOKEN_LIFETIME"] ?? "") ?? longestLifetime, longestLifetime);

const start = async (options: WindowArguments, profile: string, view: View): Promise<Loopback> =>
  startLoopback({
    host: createLoopbackHost(
      profile,
      workspaceFolder(options.workspace, process.cwd(), profile),
      view.kind === "window",
    ),
    rendererFolder: builtFiles.renderer,
    port: options.port ?? (await windowPort(profile)),
    orAnyPort: options.port === undefined,
    tokenLifetime: tokenLifetime(),
  });

const seeReport = (profile: string): string =>
  `What was saved is in the profile. An error report is in ${join(profile, "reports")}.`;

const run = async (): Promise<void> => {
  const ended = endIsAsked();
  const options = readWindowArguments(process.argv.slice(2));
  const profile = profileFolder(options.profile, process.env);
  await prepareProfile(profile);
  const starting = createDeferred<Loopback>();
  const claim = await claimProfile(profile, async () => {
    const loopback = await starting.promise;
    loopback.core.notifications.say("app.focused", {});
    return { kind: "address", address: loopback.address() };
  });
  if (!claim.claimed) return tellJoined(claim.reply, options.open);

  const view = await chooseView(options, surroundings());
  try {
    const loopback = await start(options, profile, view);
    starting.resolve(loopback);
    process.stdout.write(`${readyLine(loopback.address())}\n`);
    const lost = await Promise.race([ended, show(view, loopback, profile), loopback.core.lost]);
    if (typeof lost === "string")
      throw new AppError({ code: "INTERNAL", message: lost, hint: seeReport(profile) });
    await endWithin(() => loopback.close());
  } finally {
    starting.reject(new Error("Bellhop did not start."));
    await claim.release();
  }
};

try {
  await run();
  process.exit(0);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${error.message}${error.hint ? `\n${error.hint}` : ""}\n`);
  process.exit(error.code === "DATABASE_FAILED" || error.code === "INTERNAL" ? 1 : 2);
}
