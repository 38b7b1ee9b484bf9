#!/usr/bin/env bash
# Checks an environment before a deployment. The environment's files must compile and follow our
# rules, and the app must accept its settings. A broken rule's problem begins with the rule's name.
# To ignore the rule, write {"<rule>": "<reason>"} into accepted.json in the environment's folder.
# Usage: [BICEP=…] [STAGE=…] npx --no okta-8x8-telephony check <environment>
# Set STAGE (test, production or standby) for an environment without a pipeline.json.
# The exit code is 0 if there are no problems, 1 if the script prints problems, and 64 for wrong
# usage.
set -euo pipefail
here=$(dirname "$0")
source "$here/usage.bash"
source "$here/compiler.bash"
at_most 1 "$@"
environment=${1-}
require environment
case ${STAGE-} in
  '' | test | production | standby) ;;
  *) wrong_usage "STAGE must be test, production or standby." ;;
esac
find_folder "$environment"
[[ $environment =~ ^(examples/)?[a-z][a-z0-9]*$ && (-f $folder/main.bicepparam || -f $folder/front.bicepparam) ]] ||
  wrong_usage "$folder/main.bicepparam does not exist. Name an environment that has this file, or front."
find_compiler

run_command check-values "$folder"
