import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { AppError } from "../../../shared/contract/errors";
import type { ReportRow } from "../../../shared/model/notice";
import type { HandlersOf } from "../dispatcher";
import type { Host } from "../host";
import type { Notifications } from "../notifications";
import type { Redact } from "../sender/redaction";
import type { Notices } from "./notices";
import { createReportFiles } from "./report-files";

interface ReportParts {
  host: Pick<Host, "profileFolder" | "version" | "showFolder">;
  notifications: Notifications;
  notices: Notices;
  redact: Redact;
}

export interface Reports {
  /**
   * Keeps an error of Bellhop itself, redacted. Never throws: a report that cannot be kept must not become an error of
   * its own.
   *
   * @param what failed, in a few words
   * @param error whatever was thrown
   * @returns null where it was kept a moment ago, or could not be
   */
  keep(what: string, error: unknown): Promise<ReportRow | null>;
}

/** Milliseconds in which the same error is kept once: what fails in a loop fails the same way. */
const sameFor = 60_000;
const textsRemembered = 100;

const detailOf = (error: unknown): string => {
  if (error instanceof Error) return error.stack ?? `${error.name}: ${error.message}`;
  return typeof error === "string" ? error : inspect(error, { depth: 2 });
};

/** Where a person keeps files is their own affair, and a report is made to be handed on. */
const withoutHome = (text: string): string => {
  const home = homedir();
  return home.length > 1 ? text.replaceAll(home, "~") : text;
};

/** What can be said of an error whose words may hold a secret that nobody can look for now. */
const placesOnly = (detail: string): string =>
  [
    "(The vault could not be read, so the error's own words were left out.)",
    ...detail.split("\n").filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line)),
  ].join("\n");

const surroundings = (version: string): string =>
  [
    `Bellhop ${version}, Node ${process.versions.node}${process.versions["electron"] ? `, Electron ${process.versions["electron"]}` : ""}`,
    `${process.platform} ${process.arch}`,
    `ran for ${Math.round(process.uptime())} s, ${Math.round(process.memoryUsage.rss() / 1e6)} MB of memory`,
    `at ${new Date().toISOString()}`,
  ].join("\n");

const unknown = (): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: "This report is not there any more.",
    hint: "Only the newest 20 are kept.",
  });

/** Reports of Bellhop's own errors, in `reports/` of the profile. Nothing is sent anywhere: a person copies them. */
export const createReports = ({
  host,
  notifications,
  notices,
  redact,
}: ReportParts): Reports & { handlers: HandlersOf<"reports"> } => {
  const folder = join(host.profileFolder, "reports");
  const files = createReportFiles(folder);
  const keptAt = new Map<string, number>();

  const isRepeated = (text: string): boolean => {
    const at = performance.now();
    const before = keptAt.get(text);
    if (before !== undefined && at - before < sameFor) return true;
    if (keptAt.size >= textsRemembered) keptAt.clear();
    keptAt.set(text, at);
    return false;
  };

  const redacted = async (what: string, detail: string): Promise<string> => {
    try {
      return await redact({ environment: "", credential: null }, (redactor) =>
        redactor.text(`${what}\n\n${detail}`),
      );
    } catch {
      return `${what}\n\n${placesOnly(detail)}`;
    }
  };

  const keep: Reports["keep"] = async (what, error) => {
    try {
      const detail = detailOf(error);
      if (isRepeated(`${what}\n${detail}`)) return null;
      const text = withoutHome(await redacted(what.replace(/\s+/g, " "), detail));
      const row = await files.write(`${text}\n\n${surroundings(host.version)}\n`);
      notifications.say("reports.changed", {});
      return row;
    } catch {
      return null;
    }
  };

  return {
    keep,
    handlers: {
      "reports.notices": async () => notices.all(),
      async "reports.dismiss"({ id }) {
        notices.dismiss(id);
        return null;
      },
      "reports.list": async () => ({
        folder,
        canShowFolder: host.showFolder !== undefined,
        reports: await files.list(),
      }),
      async "reports.read"({ id }) {
        const text = await files.read(id);
        if (text === null) throw unknown();
        return { text };
      },
      "reports.add": ({ what, detail }) => keep(what, detail),
      async "reports.showFolder"() {
        if (!host.showFolder)
          throw new AppError({
            code: "UNSUPPORTED",
            message: "This host cannot open folders.",
            hint: `The reports are in ${folder}.`,
          });
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await host.showFolder(folder);
        return null;
      },
    },
  };
};
