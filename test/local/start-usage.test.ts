import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
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

describe.each([["local"], ["func"]])("npm start -- --host %s", (host) => {
  test.each(["--port", "--sandbox-port"])("ends where the port of %s is taken, and names it", async (option) => {
    const started = npmStart(["--host", host, option, port]);
    expect(await started.ended()).toBe(1);
    expect(started.output).toContain(`Error: Port ${port} is taken. Give another with ${option}.\n`);
  });
});

test("npm start -- --host none runs beside a host that has the host's port", async () => {
  const key = { EIGHT_BY_EIGHT_API_KEY: "local-api-key" };
  const started = npmStart(["--host", "none", "--port", port, "--sandbox-port", "0"], key);
  await started.printed(/^The sandbox: /m);
  expect(await started.stop()).toBe(0);
});

test.each<[string, string[], Record<string, string>, string]>([
  ["a fault that there is not", ["--fault", "explode"], {}, "hang"],
  ["a host that there is not", ["--host", "remote"], {}, "--host is local, func or none"],
  ["a port that is none", ["--port", "http"], {}, "--port is a port"],
  ["an option that there is not", ["--prot", "1"], {}, "--prot"],
  ["an option without its value", ["--fault"], {}, "--fault"],
  ["no key for the sandbox alone", ["--host", "none"], {}, "EIGHT_BY_EIGHT_API_KEY"],
  ["another place", [], { AZURE_FUNCTIONS_ENVIRONMENT: "Production" }, "in Development alone"],
  ["a place in Azure", [], { WEBSITE_INSTANCE_ID: "1" }, "in Development alone"],
  ["no Core Tools", ["--host", "func"], { PATH: "/nowhere" }, "func is not installed"],
])("npm start ends at %s with words for it", async (_, args, env, words) => {
  const started = npmStart(args, env);
  expect(await started.ended()).toBe(1);
  expect(started.output).toMatch(/^Error: .*\nnpm start -- --help says more\.\n$/s);
  expect(started.output).toContain(words);
  expect(started.output).not.toMatch(/^ {4}at /m);
});

test("npm start says what is missing where nothing is built", async () => {
  const started = npmStart([], {}, "test");
  expect(await started.ended()).toBe(1);
  expect(started.output).toContain("npm run build");
});

test("npm start --help names options and variables, whatever else is given", async () => {
  const started = npmStart(["--help", "--fault"]);
  expect(await started.ended()).toBe(0);
  for (const name of ["--port", "--sandbox-port", "--fault", "--host", "OKTA_HOOK_SECRET", "not-created"])
    expect(started.output).toContain(name);
});
