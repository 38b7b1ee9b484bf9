import autocannon from "autocannon";

// Runs as a process of its own, because the stand-ins run in the benchmark's process.
const result = await autocannon({
  ...JSON.parse(process.argv[2]),
  verifyBody: (body) => body.includes('"SUCCESSFUL"'),
});
process.stdout.write(JSON.stringify(result));
