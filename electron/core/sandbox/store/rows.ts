import type { JsonObject } from "../../../../shared/model/json";
import type { Issue } from "../../../../shared/model/verdict";
import type { Row } from "../../database/database";

/** The columns hold what this program wrote, so their JSON needs no check. */
export const readPayload = (row: Row): JsonObject => JSON.parse(String(row["payload"])) as JsonObject;

export const readIssues = (row: Row): Issue[] => JSON.parse(String(row["issues"])) as Issue[];
