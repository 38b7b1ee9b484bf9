import { openAzure, type Ask } from "../../../tools/accept/azure.ts";
import { chooseSubscription } from "../../../tools/accept/place.ts";

const hosts = { manager: "https://management.azure.com", logs: "https://logs.test" };
const outputs = (functionAppName: string) => ({
  outputs: { functionAppName: { value: functionAppName } },
});

/** Opens a resource group. Each element of `deployments` is the deployment in one subscription. */
function open(
  deployments: readonly (object | undefined)[],
  page: object = { value: [] },
  logs = {},
) {
  const urls: string[] = [];
  const choose = jest.fn((ids: readonly string[]) => chooseSubscription(ids, "a1"));
  const ask: Ask = (url) => {
    urls.push(url);
    if (url.includes("/subscriptions?"))
      return Promise.resolve({
        value: deployments.map((_, at) => ({ id: `/subscriptions/a${at}` })),
      });
    if (url.startsWith(hosts.logs)) return Promise.resolve(logs);
    if (!url.includes("/deployments/")) return Promise.resolve(page);
    const properties = deployments[Number(/subscriptions\/a(\d)/.exec(url)?.[1])];
    return properties
      ? Promise.resolve({ properties })
      : Promise.reject(new Error("No.", { cause: 404 }));
  };
  return { urls, choose, azure: openAzure("rg", ask, hosts, choose) };
}

test.each(["a/../../b", "..", "x?y", "func%2f..", "-func", "a".repeat(61), "$(id)"])(
  "openAzure() refuses the app name %s, and never puts the name into a URL",
  async (name) => {
    const { azure, urls } = open([outputs(name)]);
    await expect(azure).rejects.toThrow("functionAppName does not have the documented format");
    expect(urls).toHaveLength(2);
  },
);

test("list() reads no next page from another host", async () => {
  const nextLink = "https://management.azure.com.acme.test/next";
  const { azure, urls } = open([outputs("func-a")], { value: [], nextLink });
  await expect((await azure).list("Microsoft.Web/sites", "1")).rejects.toThrow("Nothing was sent");
  expect(urls).not.toContain(nextLink);
});

test("rows() returns the rows of the app and of the availability test, but not of another app", async () => {
  const columns = ["cloud_RoleName", "location", "itemCount"].map((name) => ({ name, type: "" }));
  const rows = [
    ["func-a", null, 1],
    ["FUNC-A", "", 1],
    ["func-b", "", 1],
    ["", "Paris", 1],
  ];
  const logs = { tables: [{ name: "PrimaryResult", columns, rows }] };
  const AppId = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
  const { azure } = open(
    [outputs("func-a")],
    { value: [{ name: "appi", properties: { AppId } }] },
    logs,
  );
  const found = await (await azure).rows(new Date(0), "otp-delivery");
  expect(found.map((one) => one["cloud_RoleName"])).toEqual(["func-a", "FUNC-A", ""]);
});

test.each([
  ["Failed", { provisioningState: "Failed" }],
  ["Running", { provisioningState: "Running", outputs: null }],
])(
  "openAzure() says that a deployment in the state %s failed or still runs",
  async (state, one) => {
    await expect(open([one]).azure).rejects.toMatchObject({
      outcome: {
        seen: `The last deployment has no outputs. Its state is ${state}.`,
        cause: expect.stringContaining("failed or still runs") as unknown,
      },
    });
  },
);

test("openAzure() asks if two of three subscriptions have the deployment", async () => {
  const { azure, choose } = open([outputs("func-a"), outputs("func-b"), undefined]);
  expect((await azure).appName).toBe("func-b");
  expect(choose).toHaveBeenCalledWith(["/subscriptions/a0", "/subscriptions/a1"]);
});

test("openAzure() asks nothing if one of two subscriptions has the deployment", async () => {
  const { azure, choose } = open([undefined, outputs("func-b")]);
  expect((await azure).appName).toBe("func-b");
  expect(choose).not.toHaveBeenCalled();
});

test("chooseSubscription() rejects without a terminal and without --subscription", async () => {
  const ids = ["/subscriptions/a0", "/subscriptions/a1"];
  await expect(chooseSubscription(ids, undefined)).rejects.toThrow("Name one with --subscription");
  await expect(chooseSubscription(ids, "a2")).rejects.toThrow("Name one with --subscription");
});
