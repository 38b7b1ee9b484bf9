import { openAzure, type Ask } from "../../../tools/accept/azure.ts";

const hosts = { manager: "https://management.azure.com", logs: "https://logs.test" };

/** Opens a group whose deployment returned these names, and notes the URLs that were read. */
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
  "the name %s of a deployment's app never becomes part of a URL",
  async (name) => {
    const { azure, urls } = open(name);
    await expect(azure).rejects.toThrow("functionAppName does not have the format");
    expect(urls).toHaveLength(2);
  },
);

test("a list's next page is not read from another host", async () => {
  const nextLink = "https://management.azure.com.acme.test/next";
  const { azure, urls } = open("func-a", { value: [], nextLink });
  await expect((await azure).list("Microsoft.Web/sites", "1")).rejects.toThrow("Nothing was sent");
  expect(urls).not.toContain(nextLink);
});

test("the name of a deployment's vault never becomes part of a URL if its format is wrong", async () => {
  const { azure } = open("func-a", undefined, {}, "kv.acme.test/?");
  await expect(azure).rejects.toThrow("vaultName does not have the format");
});

test("rows() leaves out another app's rows, and keeps those of the availability test", async () => {
  const row = (app: string, location = "") => ["", "", app, "", "", "", "", "", location, "", ""];
  const logs = {
    tables: [{ rows: [row("func-a"), row("FUNC-A"), row("func-b"), row("", "Paris")] }],
  };
  const AppId = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
  const { azure } = open("func-a", { value: [{ name: "appi", properties: { AppId } }] }, logs);
  const found = await (await azure).rows(new Date(0), "otp-delivery");
  expect(found.map((one) => one["cloud_RoleName"])).toEqual(["func-a", "FUNC-A", ""]);
});
