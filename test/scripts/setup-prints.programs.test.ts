import { createSetupProject, installed } from "./setup-project.ts";

const project = createSetupProject();
/** Commands that clear a terminal's screen, set its title and change the writing direction. */
const obeyed = "\u001b[2J\u001b]0;x\u0007\u009b2J\u202e";
const folder = "project/environments/dev";

test("setup removes commands for terminals from values of a parameter file or of Azure", async () => {
  const example = project
    .read(`project/${installed}/infra/environments/examples/dev/main.bicepparam`)
    .replace("using '../../../", "using '../../")
    .replace("example_dev_otp'", `octo${obeyed}otp'\n  EIGHT_BY_EIGHT_SMS_SENDER: 'Octo${obeyed}'`);
  project.write(`${folder}/main.bicepparam`, example);
  project.write(
    "stand-in/azure/login",
    `subscription-id\tuser\tOcto${obeyed} subscription\tocto@octo.org\n`,
  );
  const no = await project.setup(["dev"], {});
  expect(no.screen).toMatch(/sub-account for SMS \[octo.*otp\]: /);
  expect(no.screen).toMatch(/Sender of SMS .* \[Octo.*\]: /);
  expect(no.screen).not.toMatch(/[\u001b\u0007\u009b\u202e]/);
});
