import { isPublicAddress } from "../../src/delivery/public-address.ts";

test.each([
  [
    "of everybody",
    [],
    ["8.8.8.8", "1.1.1.1", "2001:4860:4860::8888", "2a02:8108::1", "2606:4700:4700::1111"],
  ],
  ["private", ["10.0.0.1"], ["9.255.255.255", "11.0.0.0"]],
  ["private", ["172.16.0.1", "172.31.255.255"], ["172.15.255.255", "172.32.0.0"]],
  ["private", ["192.168.1.1"], ["192.167.255.255", "192.169.0.0"]],
  [
    "shared by a carrier's customers",
    ["100.64.0.1", "100.127.255.255"],
    ["100.63.255.255", "100.128.0.0"],
  ],
  ["loopback", ["127.0.0.1", "::1"], ["126.255.255.255", "128.0.0.0"]],
  ["link-local", ["169.254.169.254", "fe80::1"], ["169.253.255.255", "169.255.0.0"]],
  ["unique local", ["fd00::1"], []],
  ["for benchmarks", ["198.18.0.1", "198.19.255.255"], ["198.17.255.255", "198.20.0.0"]],
  ["multicast", ["224.0.0.1", "ff02::1"], ["223.255.255.255"]],
  ["for documentation", ["192.0.2.1", "198.51.100.1", "203.0.113.7", "2001:db8::1", "3fff::1"], []],
  ["this network", ["0.0.0.0", "::"], []],
  ["for protocols, or reserved", ["192.0.0.8", "240.0.0.1", "255.255.255.255"], []],
  ["Teredo, 6to4 and NAT64", ["2001::1", "2002:808:808::1", "64:ff9b::808:808"], []],
  ["IPv4 in IPv6's clothes", ["::ffff:8.8.8.8", "::ffff:10.0.0.1"], []],
  ["with a zone, which 8x8 refuses", ["fe80::1%eth0", "2001:4860:4860::8888%eth0"], []],
  [
    "more than an address",
    ["8.8.8.8:443", "[2001:4860:4860::8888]", "8.8.8.0/24", "8.8.8.8, 1.1.1.1", " 8.8.8.8"],
    [],
  ],
  ["written otherwise", ["08.8.8.8", "134744072", "dns.google", ""], []],
])("what is %s is not public, and what is next to it is", (_, kept, next) => {
  expect(kept.filter(isPublicAddress)).toEqual([]);
  expect(next.filter((address) => !isPublicAddress(address))).toEqual([]);
});
