import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { assertDevelopment } from "../../../tools/local/start/development.ts";
import { readUsage } from "../../../tools/local/start/usage.ts";
import { send, sms } from "../../../tools/sandbox/8x8/well-formed.ts";
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

test("npm start ends with words, and no stack, if a port is taken or the host is not installed", async () => {
  const runs = [
    npmStart(["--sandbox-port", port]),
    npmStart(["--host", "func"], { PATH: "/nowhere" }),
  ];
  expect(await Promise.all(runs.map((run) => run.ended()))).toEqual([1, 1]);
  const words = [`Port ${port} is in use`, "func is not installed"];
  for (const [index, { output }] of runs.entries()) {
    expect(output).toMatch(/^Error: .*\nnpm start -- --help lists all options\.\n$/s);
    expect(output).toContain(words[index]);
    expect(output).not.toMatch(/^ {4}at /m);
  }
});

test("npm start -- --host none is the sandbox alone, beside a host that has the port", async () => {
  const started = npmStart(["--host", "none", "--port", port], { EIGHT_BY_EIGHT_API_KEY: "given" });
  const url = await started.printed(/^Phone page: +(\S+)\/\n/m);
  const path = "/api/v1/subaccounts/local_sms/messages";
  const { status } = await send(url + path, sms(), { authorization: "Bearer given" });
  expect(status).toBe(200);
  expect(await (await fetch(`${url}/sandbox/messages/latest?wait=60`)).json()).toMatchObject({
    code: "11111",
  });
  expect(await started.stop()).toBe(0);
});

test.each<[string, string[], string]>([
  ["a fault that there is not", ["--fault", "explode"], "hang"],
  ["a host that there is not", ["--host", "remote"], "--host is local, func or none"],
  [
    "a port that is no number",
    ["--port", "abc"],
    '--port takes a number from 1 to 65535, not "abc".',
  ],
  [
    "a port that is too large",
    ["--okta-port", "65536"],
    "--okta-port takes a number from 1 to 65535",
  ],
  ["an option that there is not", ["--prot", "1"], "There is no option --prot."],
  ["an option without its value", ["--fault"], "--fault needs a value."],
  ["an option in place of a value", ["--fault", "--azure"], "--fault needs a value."],
  ["a value for a flag", ["--azure=1"], "--azure takes no value."],
  ["an argument without an option", ["27090"], '"27090" is not an option.'],
  ["no key for the sandbox alone", ["--host", "none"], "EIGHT_BY_EIGHT_API_KEY"],
  [
    "a public URL with a path",
    ["--public-url", "https://a.example/path"],
    "--public-url is https:// and a host",
  ],
  [
    "a public URL in the clear",
    ["--public-url", "http://a.example"],
    "--public-url is https:// and a host",
  ],
  [
    "an org for nobody",
    ["--okta-org", "https://dev-1.okta.com", "--okta-client", "0oa1"],
    "go with --public-url",
  ],
  ["real messages for anybody", ["--send-for-real"], "--send-for-real goes with --only"],
  ["numbers for nothing", ["--only", "+12025550123"], "--send-for-real goes with --only"],
  ["a number that is none", ["--send-for-real", "--only", "12025550123"], "numbers in E.164"],
])("npm start has words for %s", (_, args, words) => {
  expect(() => readUsage(args, {})).toThrow(words);
});

// As npm 10 and 11 hand over what is typed without a -- before it.
test.each<[string, string[], Record<string, string>, string]>([
  ["--port 27090", ["27090"], { npm_config_port: "true" }, "npm start -- --port 27090"],
  ["--port=27090", [], { npm_config_port: "27090" }, "npm start -- --port 27090"],
  ["--azure", [], { npm_config_azure: "true" }, "npm start -- --azure"],
  [
    "--sandbox-port 0 --azure",
    ["0"],
    { npm_config_sandbox_port: "true", npm_config_azure: "true" },
    "-- --sandbox-port … --azure",
  ],
])(
  "npm start %s, which npm takes for itself, is answered with what to type",
  (_, args, env, words) => {
    expect(() => readUsage(args, env)).toThrow(words);
  },
);

test.each(["AZURE_FUNCTIONS_ENVIRONMENT", "WEBSITE_INSTANCE_ID"])(
  "npm start does nothing where %s says Azure",
  (name) => {
    expect(() => {
      assertDevelopment({ [name]: "Production" });
    }).toThrow("in Development alone");
  },
);
