import { main, one, withAlerts } from "../snapshot.ts";
import { readable } from "./readable.ts";

describe.each(withAlerts)("the probe (%s)", (environment) => {
  it("asks for health every five minutes from five places, and wants 200 and a certificate that lasts a week", () => {
    const name = `health-okta8x8-${environment}`;
    const { properties, tags } = one(main[environment], "Microsoft.Insights/webtests");
    // By it Application Insights finds the test.
    const insights = one(main[environment], "Microsoft.Insights/components").id;
    expect(tags?.[`hidden-link:${insights}`]).toBe("Resource");
    expect(readable(properties)).toEqual({
      Name: name,
      SyntheticMonitorId: name,
      Kind: "standard",
      Enabled: true,
      Frequency: 300,
      Timeout: 30,
      RetryEnabled: true,
      Locations: ["emea-nl-ams-azr", "us-va-ash-azr", "emea-gb-db3-azr", "us-ca-sjc-azr", "apac-sg-sin-azr"].map(
        (Id) => ({ Id }),
      ),
      Request: {
        RequestUrl: "[format('https://{0}/api/health', app.hostName)]",
        HttpVerb: "GET",
        ParseDependentRequests: false,
      },
      ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 },
    });
  });
});
