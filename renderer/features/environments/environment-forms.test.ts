import { createPinia } from "pinia";
import { beforeEach, describe, expect, it } from "vitest";
import { createApp } from "vue";
import { createClient, createPortChannel } from "../../client";
import type { CommandName, InputOf } from "../../../shared/contract/commands";
import type { ErrorData } from "../../../shared/contract/errors";
import type { MessageFromCore, Notification, Response } from "../../../shared/contract/messages";
import type { Environment, EnvironmentView } from "../../../shared/model/environment";
import { clientKey } from "../../layout/client-key";
import { newKey, useEnvironmentForms } from "./environment-forms";
import { useEnvironments } from "./environments-store";

const view = (name: string, change: Partial<EnvironmentView> = {}): EnvironmentView => ({
  name,
  colour: "plum",
  baseUrl: "https://cdp.example",
  transport: "spec",
  catalog: "spec",
  pos: "shop",
  production: false,
  vars: { TIER: "gold" },
  builtIn: false,
  sandbox: false,
  consented: false,
  credential: { state: "missing", needs: ["clientKey"] },
  ...change,
});

/** The far end of a channel with just the commands that the form uses. */
const startCore = () => {
  const listeners = new Set<(message: MessageFromCore) => void>();
  const core = {
    environments: [view("staging"), view("sandbox", { builtIn: true })],
    refuse: null as ErrorData | null,
  };
  const saved: { environment: Environment; replaces?: string }[] = [];
  const expected: (Environment | undefined)[] = [];
  const answer = (command: CommandName, input: never): unknown => {
    if (command === "environments.list") return { environments: core.environments, selected: "staging" };
    if (command !== "environments.save") return null;
    if (core.refuse) throw core.refuse;
    const { environment, replaces, ...rest }: InputOf<"environments.save"> = input;
    expected.push(rest.expected);
    saved.push({ environment, ...(replaces !== undefined && { replaces }) });
    core.environments = [
      ...core.environments.filter(({ name }) => name !== (replaces ?? environment.name)),
      view(environment.name, environment),
    ];
    return view(environment.name, environment);
  };
  const channel = createPortChannel({
    post({ id, command, input }) {
      const tell = (answered: unknown): void => {
        for (const listener of listeners) listener({ id, answer: answered } as Response);
      };
      try {
        tell({ ok: true, value: structuredClone(answer(command, input as never)) });
      } catch (error) {
        tell({ ok: false, error });
      }
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const tell = (notification: "environments.changed"): void => {
    for (const listener of listeners) listener({ notification, payload: {} } as Notification);
  };
  const client = createClient(channel);
  /** Settles once all that was asked for so far has been answered. */
  const settled = async (): Promise<void> => void (await client.call("layout.get", { key: "any" }));
  return { core, saved, expected, tell, settled, client };
};

let far: ReturnType<typeof startCore>;
let forms: ReturnType<typeof useEnvironmentForms>;

beforeEach(async () => {
  far = startCore();
  const pinia = createPinia();
  createApp({}).use(pinia).provide(clientKey, far.client);
  await useEnvironments(pinia).load();
  forms = useEnvironmentForms(pinia);
});

describe("the form of an environment", () => {
  it("shows the environment that is on until another is chosen", () => {
    expect(forms.form.name).toBe("staging");
    forms.choose("sandbox");
    expect(forms.form.name).toBe("sandbox");
  });

  it("is changed until the change is taken back by hand or cancelled", () => {
    forms.edit({ pos: "other" });
    expect(forms.dirty).toBe(true);
    forms.edit({ pos: "shop" });
    expect(forms.dirty).toBe(false);
    forms.edit({ pos: "other" });
    forms.cancel();
    expect([forms.dirty, forms.form.pos]).toEqual([false, "shop"]);
  });

  it("keeps a change while another environment is looked at", () => {
    forms.edit({ pos: "other" });
    forms.choose("sandbox");
    forms.choose("staging");
    expect(forms.form.pos).toBe("other");
  });

  it("takes the catalog along with the transport until a person chose one", () => {
    forms.edit({ transport: "engage" });
    expect(forms.form.catalog).toBe("sitecore");
    forms.edit({ catalog: "spec" });
    forms.edit({ transport: "spec" });
    forms.edit({ catalog: "sitecore" });
    forms.edit({ transport: "engage" });
    expect(forms.form.catalog).toBe("sitecore");
  });

  it("saves under a new name what it replaces, and loses nothing that it does not show", async () => {
    forms.edit({ name: "staging-eu" });
    expect(await forms.save()).toBe(true);
    expect(far.saved).toEqual([
      {
        environment: expect.objectContaining({ name: "staging-eu", vars: { TIER: "gold" } }),
        replaces: "staging",
      },
    ]);
    expect([forms.dirty, forms.form.name]).toEqual([false, "staging-eu"]);
  });

  it("adds a new one, which cannot have the name of another", async () => {
    forms.add();
    forms.edit({ name: "sandbox", baseUrl: "https://new.example" });
    expect(forms.problems.name?.message).toContain("already");
    forms.edit({ name: "new" });
    expect(forms.problems).toEqual({});
    expect(await forms.save()).toBe(true);
    expect([forms.adding, forms.isDirty(newKey), forms.form.baseUrl]).toEqual([
      false,
      false,
      "https://new.example",
    ]);
  });

  it("shows a refusal at the field that the core names, and forgets it with the next change", async () => {
    far.core.refuse = { code: "INVALID_INPUT", message: "No such host.", field: "/environment/baseUrl" };
    forms.edit({ baseUrl: "https://nowhere.example" });
    expect(await forms.save()).toBe(false);
    expect(forms.problems.baseUrl?.message).toBe("No such host.");
    expect(forms.dirty).toBe(true);
    forms.edit({ baseUrl: "https://somewhere.example" });
    expect(forms.problems).toEqual({});
  });

  it("never calls a built-in environment wrong, because nobody can correct it", () => {
    far.core.environments = [view("sandbox", { builtIn: true, currency: "EURO" })];
    forms.choose("sandbox");
    expect(forms.problems).toEqual({});
  });
});

describe("a changed form, when the workspace's file is changed by another program", () => {
  const fileSays = async (...environments: EnvironmentView[]): Promise<void> => {
    far.core.environments = [...environments, view("sandbox", { builtIn: true })];
    far.tell("environments.changed");
    await far.settled();
  };

  it("takes in what was changed there and not here, and saves both", async () => {
    forms.edit({ pos: "kiosk" });
    await fileSays(view("staging", { currency: "SEK", vars: { TIER: "silver" } }));
    expect(forms.form).toMatchObject({ pos: "kiosk", currency: "SEK" });
    expect(forms.conflict).toBeNull();
    await forms.save();
    expect(far.saved[0]?.environment).toMatchObject({
      pos: "kiosk",
      currency: "SEK",
      vars: { TIER: "silver" },
    });
    expect(far.expected[0]).toMatchObject({ pos: "shop", currency: "SEK" });
  });

  it("is no longer changed where the file says the same by now", async () => {
    forms.edit({ pos: "kiosk" });
    await fileSays(view("staging", { pos: "kiosk" }));
    expect(forms.dirty).toBe(false);
  });

  it("asks where both changed a field, and does as it is told", async () => {
    for (const [choice, pos] of [
      ["mine", "kiosk"],
      ["theirs", "booth"],
    ] as const) {
      await fileSays(view("staging"));
      forms.edit({ pos: "kiosk", language: "SV" });
      await fileSays(view("staging", { pos: "booth", currency: "SEK" }));
      expect(forms.conflict).toEqual({
        kind: "fields",
        fields: [{ field: "pos", mine: "kiosk", theirs: "booth" }],
      });
      expect(forms.form.pos).toBe("kiosk");
      forms.resolve(choice);
      expect(forms.conflict).toBeNull();
      expect(forms.form).toMatchObject({ pos, language: "SV", currency: "SEK" });
      forms.cancel();
    }
  });

  it("stays in sight where the environment is gone from the file, and can be added again", async () => {
    forms.choose("staging");
    forms.edit({ pos: "kiosk" });
    await fileSays();
    expect(forms.conflict).toEqual({ kind: "gone" });
    expect([forms.form.name, forms.form.pos]).toEqual(["staging", "kiosk"]);
    expect(await forms.save()).toBe(true);
    expect(far.saved).toEqual([{ environment: expect.objectContaining({ name: "staging", pos: "kiosk" }) }]);
    expect([forms.dirty, forms.conflict]).toEqual([false, null]);
  });

  it("shows the conflict where the file was quicker than its watch", async () => {
    forms.edit({ pos: "kiosk" });
    far.core.environments = [view("staging", { pos: "booth" })];
    far.core.refuse = { code: "CONFLICT", message: "It was changed meanwhile.", field: "/expected" };
    expect(await forms.save()).toBe(false);
    expect(forms.conflict).toMatchObject({ kind: "fields" });
  });
});
