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

test("npm start -- --host none runs beside a host that has the host's port", async () => {
  const key = { EIGHT_BY_EIGHT_API_KEY: "local-api-key" };
  const started = npmStart(["--host", "none", "--port", port, "--sandbox-port", "0"], key);
  await started.printed(/^The sandbox: /m);
  expect(await started.stop()).toBe(0);
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
