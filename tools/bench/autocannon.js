import autocannon from "autocannon";

// Sends the load from its own process, to leave the benchmark's CPU to the stand-ins.
const result = await autocannon({
  ...JSON.parse(process.argv[2]),
  verifyBody: (body) => body.includes('"SUCCESSFUL"'),
});
process.stdout.write(JSON.stringify(result));
