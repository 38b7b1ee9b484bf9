import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { assertDevelopment } from "../../local/start/development.ts";
import { help, readUsage } from "../../local/start/usage.ts";
import { npmStart } from "./starting.ts";

let taken: Server;
let port: string;
beforeAll(async () => {
  taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  port = String((taken.address() as AddressInfo).port);
});
afterAll(() => {
  taken.close();
});

test.each([
  ["local", "--port"],
  ["func", "--port"],
  ["local", "--sandbox-port"],
])("npm start -- --host %s ends where the port of %s is taken, and names it", async (host, option) => {
  const started = npmStart(["--host", host, option, port]);
  expect(await started.ended()).toBe(1);
  expect(started.output).toContain(`Error: Port ${port} is taken. Give another with ${option}.\n`);
});

test("npm start -- --host none is the sandbox alone, beside a host that has the port: its page shows messages, and that no app is here", async () => {
  const started = npmStart(["--host", "none", "--port", port], { EIGHT_BY_EIGHT_API_KEY: "given" });
  try {
    const url = await started.printed(/^The phone: +(\S+)\/\n/m);
    const json = { "content-type": "application/json" };
    await fetch(`${url}/api/v1/subaccounts/local_sms/messages`, {
      method: "POST",
      headers: { authorization: "Bearer given", ...json },
      body: JSON.stringify({ destination: "+12025550123", text: "Your code is 123456" }),
    });
    const latest = await fetch(`${url}/sandbox/messages/latest?wait=5`);
    expect(await latest.json()).toMatchObject({ to: "+12025550123", code: "123456" });
    const hook = JSON.stringify({ channel: "sms", phoneNumber: "+12025550123" });
    const sent = await fetch(`${url}/sandbox/hooks`, { method: "POST", headers: json, body: hook });
    expect([sent.status, await sent.json()]).toEqual([409, { error: "The app does not run here." }]);
    expect((await fetch(`${url}/sandbox/settings`)).status).toBe(409);
  } finally {
    await started.stop();
  }
});

test.each<[string, string[], string]>([
  ["a fault that there is not", ["--fault", "explode"], "hang"],
  ["a host that there is not", ["--host", "remote"], "--host is local, func or none"],
  ["a port that is none", ["--port", "http"], "--port is a port"],
  ["an option that there is not", ["--prot", "1"], "--prot"],
  ["an option without its value", ["--fault"], "--fault"],
  ["no key for the sandbox alone", ["--host", "none"], "EIGHT_BY_EIGHT_API_KEY"],
  ["a public URL with a path", ["--public-url", "https://a.example/path"], "--public-url is https:// and a host"],
  ["a public URL in the clear", ["--public-url", "http://a.example"], "--public-url is https:// and a host"],
  ["an org for nobody", ["--okta-org", "https://dev-1.okta.com", "--okta-client", "0oa1"], "go with --public-url"],
  ["real messages for anybody", ["--send-for-real"], "--send-for-real goes with --only"],
  ["numbers for nothing", ["--only", "+12025550123"], "--send-for-real goes with --only"],
  ["a number that is none", ["--send-for-real", "--only", "12025550123"], "numbers in E.164"],
])("npm start has words for %s", (_, args, words) => {
  expect(() => readUsage(args, {})).toThrow(words);
});

test.each(["AZURE_FUNCTIONS_ENVIRONMENT", "WEBSITE_INSTANCE_ID"])(
  "npm start does nothing where %s says Azure",
  (name) => {
    expect(() => {
      assertDevelopment({ [name]: "Production" });
    }).toThrow("in Development alone");
  },
);

test("npm start ends with words, and no stack, where the words are wrong or something is missing", async () => {
  const runs = [
    npmStart(["--prot", "1"]),
    npmStart(["--host", "func"], { PATH: "/nowhere" }),
    npmStart([], {}, "test"),
    npmStart(["--send-for-real", "--only", "+12025550123"]),
  ];
  expect(await Promise.all(runs.map((run) => run.ended()))).toEqual([1, 1, 1, 1]);
  const missing = ["--prot", "func is not installed", "npm run build", "EIGHT_BY_EIGHT_API_KEY"];
  for (const [index, { output }] of runs.entries()) {
    expect(output).toMatch(/^Error: .*\nnpm start -- --help says more\.\n$/s);
    expect(output).toContain(missing[index]);
    expect(output).not.toMatch(/^ {4}at /m);
  }
});

test("the help names options and variables", () => {
  for (const name of ["--port", "--sandbox-port", "--fault", "--host", "OKTA_HOOK_SECRET", "not-created"])
    expect(help).toContain(name);
});
