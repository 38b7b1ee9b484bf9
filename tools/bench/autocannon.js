import autocannon from "autocannon";

// Sends the load from a process of its own, to leave the CPU of the benchmark's process to the
// stand-ins.
const result = await autocannon({
  ...JSON.parse(process.argv[2]),
  verifyBody: (body) => body.includes('"SUCCESSFUL"'),
});
process.stdout.write(JSON.stringify(result));
