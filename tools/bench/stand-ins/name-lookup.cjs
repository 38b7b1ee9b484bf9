"use strict";
// Loaded before each contestant. The names of vault and table are this machine: the tests' way, a
// proxy, would cost a new connection for every request, which no vault does. Any other name is
// unknown, so that nothing is asked of the world outside.
const dns = require("node:dns");

const { lookup } = dns;
dns.lookup = (name, ...rest) => {
  if (/\.(?:vault\.azure|table\.core\.windows)\.net$/.test(name)) lookup("127.0.0.1", ...rest);
  else if (name === "localhost" || name === "127.0.0.1") lookup(name, ...rest);
  else
    process.nextTick(
      rest.at(-1),
      Object.assign(new Error(`${name} is outside.`), { code: "ENOTFOUND" }),
    );
};
