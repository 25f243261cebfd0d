import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { AppError } from "../../../shared/contract/errors";
import { isBusy } from "../../../shared/model/batch";
import type { HandlersOf } from "../dispatcher";
import { createOpenBatch, type BatchParts, type OpenBatch } from "./open-batch";

/** Batches that lie here at once; of those that nothing is done with, the oldest makes room. */
const mostOpen = 5;

const unknown = (): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: "This list of events is no longer here.",
    hint: "Give the file again. What was sent of it is in the log.",
    field: "/id",
  });

const busy = (): AppError =>
  new AppError({
    code: "CONFLICT",
    message: "This list of events is being sent.",
    hint: "Wait for its end, or cancel it.",
  });

const full = (): AppError =>
  new AppError({
    code: "CONFLICT",
    message: `${mostOpen} lists of events are under way already.`,
    hint: "Wait for one of them to end, or cancel it.",
  });

/** Events that are sent together: read from a file, checked, paced, counted. What is sent is in the log for good. */
export const createBatches = (parts: BatchParts) => {
  const open = new Map<string, OpenBatch>();

  const batchOf = (id: string): OpenBatch => {
    const found = open.get(id);
    if (!found) throw unknown();
    return found;
  };

  const drop = async (batch: OpenBatch): Promise<void> => {
    open.delete(batch.state().id);
    await batch.cancel();
    await rm(batch.path, { force: true });
  };

  const makeRoom = async (): Promise<void> => {
    if (open.size < mostOpen) return;
    const idle = [...open.values()].find((batch) => !isBusy(batch.state()));
    if (!idle) throw full();
    await drop(idle);
  };

  const handlers: HandlersOf<"batches"> = {
    async "batches.open"({ ticket, environment }) {
      await makeRoom();
      const { name, file } = await parts.transfers.claim(ticket);
      const batch = createOpenBatch(parts, { id: randomUUID(), name, path: file, environment });
      open.set(batch.state().id, batch);
      await batch.check(environment);
      return batch.state();
    },
    async "batches.check"({ id, environment }) {
      const batch = batchOf(id);
      if (batch.state().state === "sending") throw busy();
      await batch.check(environment);
      return batch.state();
    },
    "batches.flaws": async ({ id, offset, limit }) => batchOf(id).flaws(offset, limit),
    async "batches.send"({ id, ...wanted }) {
      const batch = batchOf(id);
      if (isBusy(batch.state())) throw busy();
      await batch.send(wanted);
      return batch.state();
    },
    async "batches.cancel"({ id }) {
      const batch = batchOf(id);
      await batch.cancel();
      return batch.state();
    },
    "batches.list": async () => [...open.values()].map((batch) => batch.state()),
    async "batches.close"({ id }) {
      const batch = batchOf(id);
      if (batch.state().state === "sending") throw busy();
      await drop(batch);
      return null;
    },
  };

  return {
    handlers,
    /** Ends what is being sent, and removes the files. */
    async close(): Promise<void> {
      await Promise.all([...open.values()].map(drop));
    },
  };
};
