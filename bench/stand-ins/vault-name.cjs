"use strict";
// Loaded before each contestant: the vault's name is this machine. The tests' way, a proxy, would cost a new connection for
// every request, which no vault does.
const dns = require("node:dns");

const { lookup } = dns;
dns.lookup = (name, ...rest) => lookup(name.endsWith(".vault.azure.net") ? "127.0.0.1" : name, ...rest);
