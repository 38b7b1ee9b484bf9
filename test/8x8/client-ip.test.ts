import { createSmsRequest } from "../../src/8x8/sms.ts";
import { sampleCodeRequest, samplePhoneNumber } from "../rules/sample-code-request.ts";
import { load } from "../settings/sample-settings.ts";

const { sms } = load({}).channels;
const isSent = (clientIp: string) =>
  createSmsRequest(sampleCodeRequest({ clientIp }), samplePhoneNumber(), sms).body.clientIp ===
  clientIp;

describe("the end user's IP address in an SMS request", () => {
  test("an SMS request contains the user's IP address if it is public", () => {
    const addresses = [
      "8.8.8.8",
      "1.1.1.1",
      "2001:4860:4860::8888",
      "2a02:8108::1",
      "2606:4700:4700::1111",
    ];
    expect(addresses.filter(isSent)).toEqual(addresses);
  });

  test.each([
    ["private (10/8)", ["10.0.0.1", "10.255.255.255"]],
    ["private (172.16/12)", ["172.16.0.1", "172.31.255.255"]],
    ["private (192.168/16)", ["192.168.0.0", "192.168.128.0", "192.168.255.255"]],
    ["shared by a carrier's customers", ["100.64.0.1", "100.127.255.255"]],
    ["loopback", ["127.0.0.1", "127.255.255.255", "::1"]],
    ["link-local", ["169.254.169.254", "fe80::1"]],
    ["unique local", ["fd00::1"]],
    ["for benchmarks", ["198.18.0.1", "198.19.255.255"]],
    ["multicast", ["224.0.0.1", "ff02::1"]],
    ["for documentation", ["192.0.2.1", "198.51.100.1", "203.0.113.7", "2001:db8::1", "3fff::1"]],
    ["in 0/8 or unspecified", ["0.0.0.0", "::"]],
    ["reserved, or for IETF protocols", ["192.0.0.8", "240.0.0.1", "255.255.255.255"]],
    ["Teredo, 6to4 or NAT64", ["2001::1", "2002:808:808::1", "64:ff9b::808:808"]],
    ["IPv4 mapped to IPv6", ["::ffff:8.8.8.8", "::ffff:10.0.0.1"]],
    ["scoped to a zone, which 8x8 refuses", ["fe80::1%eth0", "2001:4860:4860::8888%eth0"]],
    [
      "more than an address (port, brackets, prefix, list, space)",
      ["8.8.8.8:443", "[2001:4860:4860::8888]", "8.8.8.0/24", "8.8.8.8, 1.1.1.1", " 8.8.8.8"],
    ],
    ["not in the usual notation", ["08.8.8.8", "134744072", "dns.google", ""]],
  ])("an SMS request omits the user's IP address if it is %s", (_, addresses) => {
    expect(addresses.filter(isSent)).toEqual([]);
  });

  test("an SMS request contains the user's IP address if it is just outside a special-purpose range", () => {
    const addresses = [
      ...["9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0"],
      ...["192.167.255.255", "192.169.0.0", "100.63.255.255", "100.128.0.0"],
      ...["126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0"],
      ...["198.17.255.255", "198.20.0.0", "223.255.255.255"],
    ];
    expect(addresses.filter(isSent)).toEqual(addresses);
  });
});
