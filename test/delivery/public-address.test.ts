import fc from "fast-check";
import { isPublicAddress } from "../../src/delivery/public-address.ts";

test.each([
  "8.8.8.8",
  "1.1.1.1",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.0",
  "169.253.255.255",
  "172.15.255.255",
  "172.32.0.0",
  "192.167.255.255",
  "192.169.0.0",
  "198.17.255.255",
  "198.20.0.0",
  "223.255.255.255",
  "2001:4860:4860::8888",
  "2a02:8108::1",
  "2606:4700:4700::1111",
])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ["this network", "0.0.0.0"],
  ["private", "10.0.0.1"],
  ["private", "172.16.0.1"],
  ["private", "172.31.255.255"],
  ["private", "192.168.1.1"],
  ["shared by a carrier's customers", "100.64.0.1"],
  ["shared by a carrier's customers", "100.127.255.255"],
  ["loopback", "127.0.0.1"],
  ["link-local", "169.254.169.254"],
  ["protocol assignments", "192.0.0.8"],
  ["documentation", "192.0.2.1"],
  ["documentation", "198.51.100.1"],
  ["documentation", "203.0.113.7"],
  ["benchmarks", "198.18.0.1"],
  ["benchmarks", "198.19.255.255"],
  ["multicast", "224.0.0.1"],
  ["reserved", "240.0.0.1"],
  ["broadcast", "255.255.255.255"],
  ["unspecified", "::"],
  ["loopback", "::1"],
  ["link-local", "fe80::1"],
  ["unique local", "fd00::1"],
  ["multicast", "ff02::1"],
  ["documentation", "2001:db8::1"],
  ["documentation", "3fff::1"],
  ["Teredo", "2001::1"],
  ["6to4", "2002:808:808::1"],
  ["NAT64", "64:ff9b::808:808"],
  ["an IPv4 address in IPv6's clothes", "::ffff:8.8.8.8"],
  ["an IPv4 address in IPv6's clothes", "::ffff:10.0.0.1"],
  ["with a zone, which is of one host", "fe80::1%eth0"],
  ["with a zone, which 8x8 refuses", "2001:4860:4860::8888%eth0"],
  ["with a port", "8.8.8.8:443"],
  ["in brackets", "[2001:4860:4860::8888]"],
  ["with a prefix", "8.8.8.0/24"],
  ["a list", "8.8.8.8, 1.1.1.1"],
  ["with a space", " 8.8.8.8"],
  ["octal", "08.8.8.8"],
  ["a number", "134744072"],
  ["a name", "dns.google"],
  ["nothing", ""],
])("%s is not public: %s", (_, address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test("nothing that is no address is public, and nothing throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4Extended(), fc.ipV6()), (text) => {
      expect(typeof isPublicAddress(text)).toBe("boolean");
    }),
  );
});
