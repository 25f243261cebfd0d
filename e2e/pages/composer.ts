import type { Locator, Page } from "@playwright/test";
import { EventEditor } from "./event-editor";

/** The view in which events are written, judged and sent. */
export class Composer {
  readonly editor: EventEditor;
  readonly empty: Locator;
  readonly drafts: Locator;
  readonly tabs: Locator;
  readonly send: Locator;
  /** What came of the last send, in a line below the editor. */
  readonly outcome: Locator;
  /** Why nothing left, and what to do. */
  readonly failure: Locator;
  /** What there is to say of the event: one line for each issue. */
  readonly verdict: Locator;
  readonly issues: Locator;
  readonly inherited: Locator;
  readonly guest: Locator;
  readonly useId: Locator;
  readonly request: Locator;
  /** Asks before an invalid event is sent. */
  readonly question: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.editor = new EventEditor(page);
    this.empty = page.getByText("No draft is open");
    this.drafts = page.getByRole("list", { name: "Drafts" }).getByRole("listitem");
    this.tabs = page.getByRole("tablist", { name: "Open drafts" }).getByRole("tab");
    const pane = page.getByRole("tabpanel", { name: /./ }).filter({ has: page.getByLabel("What is shown") });
    this.send = pane.getByRole("button", { name: /^Send/ });
    this.outcome = pane.getByRole("status");
    this.failure = pane.getByRole("alert");
    const inspector = page.getByRole("region", { name: "Inspector" });
    this.verdict = inspector.getByRole("list", { name: "What there is to say of the event" });
    this.issues = this.verdict.getByRole("button");
    this.inherited = inspector.getByRole("list", { name: "Fields that need not be written" });
    this.guest = inspector.getByRole("region", { name: /^Guest: / });
    this.useId = inspector.getByRole("button", { name: "Use an id" });
    this.request = page.getByRole("region", { name: "Request as it would be sent" });
    this.question = page.getByRole("alertdialog", { name: /^Send an event with/ });
  }

  /** Opens a new draft of a type from the list at the left. */
  async create(type: string): Promise<void> {
    const list = this.page.getByRole("list", { name: "New from a type" });
    await list.getByRole("button", { name: type }).click();
    await this.editor.text.waitFor();
  }

  tab(name: string): Locator {
    return this.tabs.filter({ hasText: name });
  }

  draft(name: string): Locator {
    return this.drafts.filter({ hasText: name }).getByRole("button").first();
  }

  async show(side: "Event" | "Request"): Promise<void> {
    await this.page
      .getByRole("radiogroup", { name: "What is shown" })
      .getByRole("radio", { name: side })
      .click();
  }
}
