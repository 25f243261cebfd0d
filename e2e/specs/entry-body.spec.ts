import { expect, test, type App } from "../fixtures/app";
import { startScriptedServer } from "../fixtures/scripted-server";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

/** Just under what is kept of a body: 10 MB. */
const large = ((): string => {
  const item = (at: number): string =>
    `{"id":${at},"name":"visitor ${at}","tags":["a","b"],"price":${at}.50,"note":"${"x".repeat(120)}"}`;
  const items = Array.from({ length: 52_000 }, (_, at) => item(at));
  return `{"status":"OK","items":[${items.join(",")}],"needle":{"deep":["found/me"]}}`;
})();

const answers: Record<string, { headers: Record<string, string>; body: string | Buffer }> = {
  large: { headers: { "content-type": "application/json" }, body: large },
  html: {
    headers: { "content-type": "text/html" },
    body: "<!doctype html>\n<script>window.pwned = 1</script>\n",
  },
  binary: { headers: {}, body: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]) },
  cut: { headers: { "content-type": "application/json" }, body: `[${'"0123456789",'.repeat(900_000)}"end"]` },
};

const withAnswers = async (app: App, work: () => Promise<void>): Promise<void> => {
  const server = await startScriptedServer(({ body }) => {
    const page = (JSON.parse(body || "{}") as { page?: string }).page ?? "";
    return { status: 201, ...answers[page.split("/").at(-1) ?? ""] };
  });
  try {
    const fields = ["--pos", "shop", "--currency", "EUR", "--language", "EN", "--channel", "WEB"];
    const added = await app.bellhop(["env", "add", "qa", "--url", server.url, ...fields]);
    expect(added.code, added.stderr).toBe(0);
    const variables = {
      BELLHOP_CLIENT_KEY_QA: "a-key-of-the-test",
      BELLHOP_API_TOKEN_QA: "a-token-of-the-test",
    };
    for (const name of Object.keys(answers)) {
      const args = [
        "send",
        "VIEW",
        "--env",
        "qa",
        "--browser-id",
        "b",
        "--set",
        `page=https://shop.example/${name}`,
      ];
      const sent = await app.bellhop(args, { variables });
      // A web page is no answer of the API.
      expect(sent.code, sent.stderr).toBe(name === "html" ? 1 : 0);
    }
    await work();
  } finally {
    await server.close();
  }
};

for (const theme of ["dark", "light"] as const) {
  test(`a body of 10 MB is walked through and searched by keyboard, others are shown for what they are, ${theme}`, async ({
    app,
  }) => {
    const { page } = app;
    const { log, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    await withAnswers(app, async () => {
      await page.evaluate(() => {
        const seen: number[] = [];
        Object.assign(globalThis, { longTasks: seen });
        new PerformanceObserver((list) =>
          seen.push(...list.getEntries().map(({ duration }) => duration)),
        ).observe({
          type: "longtask",
        });
      });
      /** In the order in which they were sent: beside an entry the list shows no summaries. */
      const show = async (name: keyof typeof answers): Promise<void> => {
        await log.rows.nth(Object.keys(answers).indexOf(name)).click();
        await log.entry.tab("Response").click();
      };
      await log.maximise.click();
      await show("large");
      const tree = log.entry.panel.getByRole("tree", { name: "Body of the response" });
      await expect(tree.getByRole("treeitem", { name: /items: \[52,000 items\]/ })).toBeVisible();
      await tree.focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowRight");
      await expect(tree.getByRole("treeitem", { name: /^0 ?: \{5 fields\}/ })).toBeVisible();
      await page.keyboard.press("End");
      await expect(tree.getByRole("treeitem", { name: /needle: \{1 field\}/, selected: true })).toBeVisible();
      await expectAccessible(page, "the tree of a large body");

      await page.keyboard.press("ControlOrMeta+F");
      await page.keyboard.insertText("VISITOR 5199");
      const found = log.entry.panel.getByRole("search").getByRole("status");
      await expect(found).toHaveText("1 of 11");
      await expect(tree.getByRole("treeitem", { selected: true })).toContainText('"visitor 5199"');
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      await expect(found).toHaveText("3 of 11");
      await expect(tree.getByRole("treeitem", { selected: true })).toContainText('"visitor 51991"');
      await expect(log.entry.panel).toContainText("/items/51991/name");
      await page.keyboard.press("Shift+Enter");
      await expect(found).toHaveText("2 of 11");

      await log.entry.panel.getByRole("radio", { name: "Raw" }).click();
      const text = log.entry.panel.getByRole("region", { name: "Body of the response" });
      await expect(text.locator("mark").first()).toHaveText("visitor 5199");
      await log.entry.panel.getByRole("radio", { name: "Pretty" }).click();
      await expect(text).toContainText('"name": "visitor 5199"');
      await expectAccessible(page, "the text of a large body");

      await show("html");
      await expect(log.entry.panel).toContainText("never drawn");
      await expect(text).toContainText("<script>window.pwned = 1</script>");
      await show("binary");
      await expect(text).toContainText("89 50 4e 47 00 01 02 ff");
      await show("cut");
      await expect(log.entry.panel).toContainText("cut: only the first 10 MB are kept");
      await expect(log.entry.panel).toContainText("It was cut, so the tree ends where the text ends.");
      const longest = await page.evaluate(() =>
        Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks),
      );
      test.info().annotations.push({ type: "longest task of the window", description: `${longest} ms` });
      expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
    });
  });
}
