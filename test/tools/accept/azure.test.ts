import { openAzure, type Ask } from "../../../tools/accept/azure.ts";

const hosts = { manager: "https://management.azure.com", logs: "https://logs.test" };

/** Opens a resource group whose deployment has these outputs. Records the URLs of all requests. */
function open(
  functionAppName: string,
  page: object = { value: [] },
  logs = {},
  vaultName = "kv-a",
) {
  const urls: string[] = [];
  const outputs = { functionAppName: { value: functionAppName }, vaultName: { value: vaultName } };
  const ask: Ask = (url) => {
    urls.push(url);
    if (url.includes("/subscriptions?"))
      return Promise.resolve({ value: [{ id: "/subscriptions/a1" }] });
    if (url.startsWith(hosts.logs)) return Promise.resolve(logs);
    const isDeployment = url.includes("/deployments/");
    return Promise.resolve(isDeployment ? { properties: { outputs } } : page);
  };
  return { urls, azure: openAzure("rg", ask, hosts) };
}

test.each(["a/../../b", "..", "x?y", "func%2f..", "-func", "a".repeat(61), "$(id)"])(
  "openAzure() refuses the app name %s, and never puts the name into a URL",
  async (name) => {
    const { azure, urls } = open(name);
    await expect(azure).rejects.toThrow("functionAppName does not have the documented format");
    expect(urls).toHaveLength(2);
  },
);

test("list() reads no next page from another host", async () => {
  const nextLink = "https://management.azure.com.acme.test/next";
  const { azure, urls } = open("func-a", { value: [], nextLink });
  await expect((await azure).list("Microsoft.Web/sites", "1")).rejects.toThrow("Nothing was sent");
  expect(urls).not.toContain(nextLink);
});

test("openAzure() refuses a deployment whose vault name has a wrong format", async () => {
  const { azure } = open("func-a", undefined, {}, "kv.acme.test/?");
  await expect(azure).rejects.toThrow("vaultName does not have the documented format");
});

test("rows() returns the rows of the app and of the availability test, but not of another app", async () => {
  const row = (app: string, location = "") => ["", "", app, "", "", "", "", "", location, "", ""];
  const logs = {
    tables: [{ rows: [row("func-a"), row("FUNC-A"), row("func-b"), row("", "Paris")] }],
  };
  const AppId = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
  const { azure } = open("func-a", { value: [{ name: "appi", properties: { AppId } }] }, logs);
  const found = await (await azure).rows(new Date(0), "otp-delivery");
  expect(found.map((one) => one["cloud_RoleName"])).toEqual(["func-a", "FUNC-A", ""]);
});
