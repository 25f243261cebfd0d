import type { Page } from "@playwright/test";
import { Composer } from "./composer";
import { Drafts } from "./drafts";
import { EnvironmentsView } from "./environments-view";
import { GuestsView } from "./guests-view";
import { Log } from "./log";
import { Palette } from "./palette";
import { Presenter } from "./presenter";
import { SandboxView } from "./sandbox-view";
import { ScenarioRun } from "./scenario-run";
import { ScenariosView } from "./scenarios-view";
import { Workbench } from "./workbench";

/** Everything a person finds in Bellhop's window. After a restart the page is another one: ask again. */
export const pagesOf = (page: Page) => ({
  composer: new Composer(page),
  drafts: new Drafts(page),
  environments: new EnvironmentsView(page),
  guests: new GuestsView(page),
  log: new Log(page),
  palette: new Palette(page),
  presenter: new Presenter(page),
  sandbox: new SandboxView(page),
  scenarioRun: new ScenarioRun(page),
  scenarios: new ScenariosView(page),
  workbench: new Workbench(page),
});
