import { randomBytes } from "node:crypto";
import type { Answer } from "./stand-in.ts";
import { failure, notFound } from "./vault-failure.ts";

export interface SecretVersion {
  value: string;
  enabled?: boolean;
  notBefore?: Date;
  expires?: Date;
  createdOn?: Date;
  version?: string;
  updatedOn?: Date;
  tags?: Record<string, string>;
}

export interface StoredSecrets {
  /**
   * Replaces all versions of a secret. List the newest version first. By default, each version is
   * one minute older than the version before it in the list.
   */
  set(name: string, versions: SecretVersion[]): void;
  add(name: string, version: SecretVersion): void;
  remove(name: string): void;
  /** Returns the versions of a secret, newest first. */
  versions(name: string): readonly Readonly<SecretVersion>[];
}

export interface SentVersion {
  readonly value?: string;
  readonly attributes?: { readonly enabled?: boolean; readonly exp?: number };
  readonly tags?: Record<string, string>;
}

const changed = (
  attributes: SentVersion["attributes"],
  tags: SentVersion["tags"],
): Partial<SecretVersion> => ({
  ...(attributes?.enabled !== undefined && { enabled: attributes.enabled }),
  ...(attributes?.exp !== undefined && { expires: new Date(attributes.exp * 1000) }),
  ...(tags && { tags }),
});

type StoredVersion = SecretVersion & { createdOn: Date; version: string };

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** https://learn.microsoft.com/rest/api/keyvault/secrets/operation-groups */
export function createVaultSecrets(url: string, pageSize: number) {
  const secrets = new Map<string, StoredVersion[]>();
  const describe = (
    name: string,
    { version, enabled, notBefore, expires, createdOn, updatedOn, tags }: StoredVersion,
  ) => ({
    id: `${url}/secrets/${name}/${version}`,
    ...(tags && { tags }),
    attributes: {
      enabled: enabled ?? true,
      ...(notBefore && { nbf: seconds(notBefore) }),
      ...(expires && { exp: seconds(expires) }),
      created: seconds(createdOn),
      updated: seconds(updatedOn ?? createdOn),
      recoveryLevel: "Recoverable+Purgeable",
      recoverableDays: 90,
    },
  });
  const list = (name: string, query: URLSearchParams): Answer => {
    // Key Vault sorts by version id, which is random.
    const all = (secrets.get(name) ?? []).toSorted((a, b) => a.version.localeCompare(b.version));
    const size = Math.min(Number(query.get("maxresults") ?? pageSize), pageSize);
    const end = Number(query.get("$skiptoken") ?? 0) + size;
    const next = `${url}/secrets/${name}/versions?api-version=${String(query.get("api-version"))}&$skiptoken=${end}`;
    const value = all.slice(end - size, end).map((version) => describe(name, version));
    return { status: 200, body: { value, nextLink: end < all.length ? next : null } };
  };
  const get = (name: string, id: string): Answer => {
    const found = secrets.get(name)?.find(({ version }) => id === "" || version === id);
    if (!found) return notFound(id === "" ? name : `${name}/${id}`);
    if (found.enabled === false) {
      return failure(
        403,
        "Forbidden",
        "Operation get is not allowed on a disabled secret.",
        "SecretDisabled",
      );
    }
    // Key Vault also returns versions that have expired or are not active yet. The reader must
    // check the dates.
    return { status: 200, body: { value: found.value, ...describe(name, found) } };
  };

  const store = (version: SecretVersion, createdOn: Date): StoredVersion => ({
    ...version,
    createdOn: version.createdOn ?? createdOn,
    version: version.version ?? randomBytes(16).toString("hex"),
  });
  const keep = (name: string, versions: StoredVersion[]): void => {
    secrets.set(
      name,
      versions.toSorted((a, b) => b.createdOn.getTime() - a.createdOn.getTime()),
    );
  };
  const put = (name: string, { value = "", attributes, tags }: SentVersion): Answer => {
    const made = { value, ...changed(attributes, tags) };
    keep(name, [store(made, new Date()), ...(secrets.get(name) ?? [])]);
    return get(name, "");
  };
  const patch = (name: string, id: string, { attributes, tags }: SentVersion): Answer => {
    const found = secrets.get(name)?.find(({ version }) => version === id);
    if (!found) return notFound(`${name}/${id}`);
    Object.assign(found, changed(attributes, tags), { updatedOn: new Date() });
    return { status: 200, body: describe(name, found) };
  };

  const answer = (
    method: string,
    path: string,
    query: URLSearchParams,
    sent: SentVersion,
  ): Answer => {
    const [, root, name = "", id = ""] = path.split("/");
    if (root === "secrets" && method === "PUT") return put(name, sent);
    if (root === "secrets" && method === "PATCH") return patch(name, id, sent);
    if (method !== "GET" || root !== "secrets")
      return failure(405, "MethodNotAllowed", "The method is not supported.");
    return id === "versions" ? list(name, query) : get(name, id);
  };
  const stored: StoredSecrets = {
    set: (name, versions) => {
      const now = Date.now();
      keep(
        name,
        versions.map((version, index) => store(version, new Date(now - index * 60_000))),
      );
    },
    add: (name, version) => {
      keep(name, [store(version, new Date()), ...(secrets.get(name) ?? [])]);
    },
    remove: (name) => secrets.delete(name),
    versions: (name) => secrets.get(name) ?? [],
  };
  return { ...stored, answer };
}
