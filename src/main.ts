import { app } from "@azure/functions";
import type * as applicationInsights from "./application-insights.ts";
import type * as keyVault from "./key-vault.ts";
import { createClient } from "./8x8/client.ts";
import { createDeliver } from "./8x8/deliver.ts";
import { loadSettings, type Config } from "./config.ts";
import { errorName } from "./error-name.ts";
import { createHealth } from "./functions/health.ts";
import { createHookHandler, type Run } from "./functions/hook-frame.ts";
import { shortenInvocations, type WorkerCore } from "./functions/hook-invocation.ts";
import { createTelephonyHook } from "./functions/telephony-hook.ts";
import { createSecret, knownSecret, type Secret } from "./secrets.ts";
import { createTelemetry, type Exporter } from "./telemetry.ts";

// Registered before anything is built: an entry point that throws earlier leaves the host answering 404 to everything.
app.http("telephony-hook", {
  methods: ["POST"],
  authLevel: "anonymous",
  route: "okta/telephony",
  handler: (request, context) => hook(request, context),
});
app.http("health", {
  methods: ["GET"],
  authLevel: "anonymous",
  route: "health",
  handler: (request, context) => health(request, context),
});
app.hook.appTerminate(() => telemetry.flush());
try {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- exists only inside the worker
  shortenInvocations(require("@azure/functions-core") as WorkerCore, "telephony-hook");
} catch (error) {
  warn(`The hook is invoked through @azure/functions, which is slower (${errorName(error)}).`);
}

let credential: keyVault.Credential | undefined;
const { config, problems, telemetry: exported } = loadSettings(process.env);
const wrongSettings = problems.map(({ name }) => name);
for (const { name, problem } of problems) warn(`Setting ${name} ${problem}.`);

const secrets = config && createSecrets(config.secrets);
const telemetry = createTelemetry(exported && (() => loadExporter(exported.connectionString, exported.clientId)), warn);
const hook = createHookHandler(
  {
    telemetry,
    budgetMs: config?.budgetMs ?? 2_500,
    answerPolicy: config?.answerPolicy ?? { refused: "failed", unconfirmed: "failed" },
    phoneHashKey: () => secrets?.phoneHashKey?.current()[0],
  },
  config && secrets ? connect(config, secrets) : settingsWrong,
);
const health = createHealth(wrongSettings, secrets ? [secrets.hookSecret, secrets.apiKey] : []);

interface Secrets {
  readonly hookSecret: Secret;
  readonly apiKey: Secret;
  readonly phoneHashKey: Secret | undefined;
}

function connect({ sms, voice, authHeader, phonePolicy }: Config, { hookSecret, apiKey }: Secrets): Run {
  const deliver = createDeliver({
    sms: { client: createClient(sms.url), settings: sms },
    voice: voice && { client: createClient(voice.url), settings: voice },
    apiKey,
  });
  return createTelephonyHook({ authHeader, hookSecret, deliver, rules: { phonePolicy, voice: voice !== undefined } });
}

function createSecrets(from: Config["secrets"]): Secrets {
  if (from.from === "local")
    return {
      hookSecret: knownSecret("OKTA_HOOK_SECRET", from.hookSecret),
      apiKey: knownSecret("EIGHT_BY_EIGHT_API_KEY", from.apiKey),
      phoneHashKey: undefined,
    };
  let reader: ReturnType<typeof keyVault.createVaultReader> | undefined;
  const read = async (name: string, count: number) => {
    reader ??= loadKeyVault().createVaultReader(from.url, credentialOf(from.clientId));
    return reader(name, count);
  };
  const secret = (name: string, count: number) => createSecret(name, () => read(name, count), warn);
  return {
    hookSecret: secret(from.hookSecretName, 2),
    apiKey: secret(from.apiKeyName, 1),
    phoneHashKey: secret(from.phoneHashKeyName, 1),
  };
}

/* eslint-disable @typescript-eslint/no-require-imports -- bundles of their own: see build.ts */
function loadKeyVault() {
  return require("./key-vault.cjs") as typeof keyVault;
}

function loadApplicationInsights() {
  return require("./application-insights.cjs") as typeof applicationInsights;
}
/* eslint-enable @typescript-eslint/no-require-imports */

/** One for all: the settings of the first hold for the whole process. */
function credentialOf(clientId: string): keyVault.Credential {
  return (credential ??= loadKeyVault().createCredential(clientId));
}

// eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
async function loadExporter(connectionString: string, clientId: string | undefined): Promise<Exporter> {
  return loadApplicationInsights().createExporter({
    connectionString,
    credential: clientId === undefined ? undefined : credentialOf(clientId),
    roleName: process.env["WEBSITE_SITE_NAME"],
  });
}

function settingsWrong(...[, story]: Parameters<Run>): ReturnType<Run> {
  story.wrongSettings = wrongSettings;
  return Promise.resolve({ outcome: "unavailable", reason: "settings-wrong" });
}

function warn(message: string): void {
  // eslint-disable-next-line no-console -- the worker sends the console to the log
  console.warn(message);
}
