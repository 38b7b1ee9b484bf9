import autocannon from "autocannon";

// The load runs in a process of its own to leave the harness's CPU to the stand-ins.
const result = await autocannon({
  ...JSON.parse(process.argv[2]),
  verifyBody: (body) => body.includes('"SUCCESSFUL"'),
});
process.stdout.write(JSON.stringify(result));
