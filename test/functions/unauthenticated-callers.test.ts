import { startAuthorizationServer } from "../../tools/sandbox/okta/authorization-server.ts";
import { createSigningKey, signToken } from "../../tools/sandbox/okta/signed-token.ts";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { hookSecret, postTo, receiptSecret } from "../app.ts";
import { until } from "../until.ts";
import { startOutcomes } from "./outcomes-in-azure.ts";

test("while 16 unauthenticated callers wait, the app answers other callers at once, and sends Okta's codes", async () => {
  const server = await startAuthorizationServer();
  const { azure, app, okta, ...outcomes } = await startOutcomes(({ vault }) => {
    vault.set("receipt-secret", [{ value: receiptSecret }]);
    return { ...server.env, OKTA_HOOK_AUTH: "either" };
  });
  const forged = signToken(createSigningKey(), server.claims());
  const post = async (route: string, authorization = "wrong") =>
    (await postTo(`${app.url}/api/${route}`, "{}", { authorization })).status;
  const callEachRoute = () =>
    Promise.all([
      ...["8x8/receipts", "okta/events", "okta/telephony"].map((route) => post(route)),
      post("okta/telephony", `Bearer ${forged}`),
    ]);
  try {
    // Wait until every secret is loaded. These requests have valid secrets and cause no new read.
    const token = await server.fetchToken();
    await app.passing(
      until(async () => {
        const statuses = [
          await app.postReceipt("{}"),
          ...(await okta.deliver([])).map(({ status }) => status),
          ...[
            await post("okta/telephony", `Bearer ${token}`),
            await post("okta/telephony", hookSecret),
          ],
        ];
        return statuses.every((status) => status !== 404 && status !== 503);
      }),
    );
    azure.vault.fail("hang");
    server.fail("hang");
    const answers: number[] = [];
    const all = Array.from({ length: 26 }, () =>
      post("8x8/receipts").then((status) => answers.push(status)),
    );
    await until(() => answers.length >= 10);
    expect(await callEachRoute()).toEqual([401, 401, 401, 401]);
    expect((await app.post(hookBody(), { authorization: hookSecret })).judged.answer).toBe(
      "successful",
    );
    expect(answers).toEqual(Array<number>(10).fill(401));
    await app.passing(Promise.all(all));
    expect(new Set(answers)).toEqual(new Set([401]));
    // The SDK would repeat the calls that hang at the end, and jest's worker could not exit.
    azure.vault.recover();
    await app.passing(until(() => azure.vault.hanging() === 0));
  } finally {
    await outcomes.stop();
    await server.close();
  }
});
