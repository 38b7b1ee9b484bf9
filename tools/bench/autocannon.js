import autocannon from "autocannon";

// A process of its own, because the load must not slow down the stand-ins in the harness.
const result = await autocannon({
  ...JSON.parse(process.argv[2]),
  verifyBody: (body) => body.includes('"SUCCESSFUL"'),
});
process.stdout.write(JSON.stringify(result));
