import { access } from "./access.ts";
import { alerts } from "./alerts.ts";
import { app } from "./app.ts";
import { choices } from "./choices.ts";
import { front } from "./front.ts";
import { monitoring } from "./monitoring.ts";
import type { Area } from "./mutation.ts";
import { network } from "./network.ts";
import { pipelines } from "./pipelines.ts";
import { queries } from "./queries.ts";
import { scripts } from "./scripts.ts";
import { stateTable } from "./state-table.ts";
import { storage } from "./storage.ts";
import { vault } from "./vault.ts";

export const areas: readonly Area[] = [
  ...[access, app, vault, storage, network, front, choices, stateTable],
  ...[monitoring, alerts, queries, pipelines, scripts],
];
