import { describedSettings } from "../described-settings.ts";
import type { Environment } from "../check-environment/environment.ts";
import { type Destination, destinationsInOkta, destinationsInSettings } from "./trusted-hosts.ts";

/** The values that decide whom and what an environment trusts. A front has only `front`. */
export interface Values extends Pick<Environment, "bootstrap" | "okta"> {
  readonly main: Environment["main"] | undefined;
  readonly front: { readonly originHostNames: readonly string[] } | undefined;
}

const gitHubsIssuer = "https://token.actions.githubusercontent.com";

/** Returns every destination that TRUSTED_HOSTS must list. */
export function destinationsOf({ main, bootstrap, front, okta }: Values): Destination[] {
  return [
    ...(okta === undefined ? [] : destinationsInOkta(okta)),
    ...destinationsInSettings(main?.hookSettings ?? {}),
    ...(front?.originHostNames ?? []).map((host, i) => ({
      what: `origin ${i + 1} of the front`,
      url: `https://${host}`,
    })),
    ...federationsOf(bootstrap)
      .filter(({ issuer }) => issuer !== gitHubsIssuer)
      .map(({ who, issuer }) => ({ what: `the issuer of ${who}`, url: issuer, isIssuer: true })),
  ].filter(({ url }) => URL.canParse(url));
}

/** Returns a line for each right that the values give. The lines of two branches can be compared. */
export function grantsOf(values: Values): string[] {
  const { main, bootstrap, okta } = values;
  const settings = main?.hookSettings ?? {};
  const urlOf = (name: string) =>
    settings[name] ?? describedSettings.find((one) => one.name === name)?.byDefault ?? "none";
  const { existingGroups = {}, existingIdentity = {}, existingRoles = {} } = bootstrap ?? {};
  return [
    ...(okta === undefined ? [] : [`the org ${okta.org}, service app ${okta.clientId}`]),
    `SMS at ${urlOf("EIGHT_BY_EIGHT_SMS_URL")}, sub-account ${settings["EIGHT_BY_EIGHT_SMS_SUBACCOUNT"] ?? "none"}`,
    `voice calls at ${urlOf("EIGHT_BY_EIGHT_VOICE_URL")}, sub-account ${settings["EIGHT_BY_EIGHT_VOICE_SUBACCOUNT"] ?? "none"}`,
    ...destinationsOf(values).map(({ what, url }) => `${what} at ${url}`),
    ...federationsOf(bootstrap).map(
      ({ who, issuer, subject }) => `${who}: tokens of ${issuer} with the subject ${subject}`,
    ),
    ...(bootstrap === undefined
      ? []
      : [
          `the resource group: ${existingGroups["app"] ?? `rg-${bootstrap.workload}-${bootstrap.environmentName}`}`,
        ]),
    ...named("existing group", existingGroups),
    ...named("existing identity", existingIdentity),
    ...named("existing role", existingRoles),
    `writes secrets: ${bootstrap?.vaultOperatorsGroupId || "nobody"}`,
    `reads logs: ${bootstrap?.onCallGroupId || "nobody"}`,
    `the app's identity: ${main?.identity || "its own"}`,
    `logs go to ${main?.workspaceId || "the environment's own workspace"}`,
  ];
}

const named = (what: string, all: Readonly<Record<string, string | null | undefined>>) =>
  Object.entries(all).flatMap(([of, name]) => (name ? [`${what} for ${of}: ${name}`] : []));

/** The subjects are those of infra/bootstrap/federation.bicep. */
function federationsOf(bootstrap: Values["bootstrap"]) {
  if (bootstrap === undefined) return [];
  const { environmentName: name, gitHub, azurePipelines } = bootstrap;
  const isById = gitHub?.subject === "ids";
  const repository = `${gitHub?.owner}${isById ? `@${gitHub.ownerId}` : ""}/${gitHub?.name}${isById ? `@${gitHub.id}` : ""}`;
  const issuer = gitHub?.issuer ?? gitHubsIssuer;
  const ofGitHub = (who: string, place: string) => ({
    who,
    issuer,
    subject: `repo:${repository}:environment:${place}`,
  });
  return [
    ...(gitHub
      ? [ofGitHub("the deployer", name), ofGitHub("the previewer", `preview-${name}`)]
      : []),
    ...(azurePipelines
      ? [
          { who: "the deployer", ...azurePipelines.deploy },
          { who: "the previewer", ...azurePipelines.preview },
        ]
      : []),
  ];
}
