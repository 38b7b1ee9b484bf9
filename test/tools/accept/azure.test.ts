import { openAzure, type Ask } from "../../../tools/accept/azure.ts";

const hosts = { manager: "https://management.azure.com", logs: "https://logs.test" };

/** Opens a group whose deployment returned this name, and notes the URLs that were read. */
function open(functionAppName: string, page: object = { value: [] }) {
  const urls: string[] = [];
  const outputs = { functionAppName: { value: functionAppName } };
  const ask: Ask = (url) => {
    urls.push(url);
    if (url.includes("/subscriptions?"))
      return Promise.resolve({ value: [{ id: "/subscriptions/a1" }] });
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
