import { expect, test } from "../fixtures/app";
import { pagesOf } from "../pages/pages";

interface Preview {
  verdict: { issues: { severity: "error" | "warning" | "info"; message: string }[] };
}

/** Of each message type something right and something wrong: each kind of rule has its row. */
const events: Record<string, unknown>[] = [
  { type: "VIEW", page: "https://shop.example/" },
  { type: "VIEW", page: "shop" },
  { type: "VIEW", page: 7, channel: "FAX" },
  { type: "VIEW", page: "https://shop.example/", pos: "", currency: "euro" },
  { type: "VIEW", page: "https://shop.example/", browser_id: null },
  { type: "IDENTITY", email: "ada@example.com", gender: "female" },
  { type: "IDENTITY", email: "ada", dob: "1815-12-10" },
  { type: "IDENTITY", identifiers: [{ id: 5 }, { provider: "CRM", id: "7" }] },
  { type: "ORDER_CHECKOUT", order: { referenceId: "1", orderedAt: "yesterday", price: -1, orderItems: [] } },
  { type: "ORDER_CHECKOUT" },
  { type: "ADD", product: { name: "Tee", quantity: 0, price: "19.90" } },
  { type: "SEARCH", product_name: 5 },
  { type: "SC_PRIVATE", ext: { a: 1 } },
  { type: "CUSTOM", ext: { nested: { too: "deep" }, "odd name": true } },
  { type: "ROOM_SERVICE", ext: { dish: "soup" } },
];

test("the editor's marks are the sender's verdict, event by event", async ({ app }) => {
  const { composer } = pagesOf(app.page);
  await composer.create("CUSTOM");
  const verdicts = events.map(async (event) => {
    const type = String(event["type"]);
    const input = JSON.stringify(event);
    const { stdout } = await app.bellhop(["send", type, "--event", "-", "--dry-run", "--json"], { input });
    return (JSON.parse(stdout) as Preview).verdict.issues;
  });

  for (const [index, event] of events.entries()) {
    const issues = (await verdicts[index]) ?? [];
    await composer.editor.write(JSON.stringify(event));
    // The list in the inspector names each mark of the editor.
    await expect(composer.issues, JSON.stringify(event)).toHaveCount(issues.length);
    for (const [at, { severity, message }] of issues.entries()) {
      await expect(composer.issues.nth(at)).toContainText(message);
      await expect(composer.issues.nth(at).getByRole("img", { name: severity })).toBeVisible();
    }
    const errors = issues.filter(({ severity }) => severity === "error");
    if (errors.length === 0) await expect(composer.editor.errorLines).toHaveCount(0);
    else await expect(composer.editor.errorLines).not.toHaveCount(0);
  }
});
