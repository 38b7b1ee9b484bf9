#!/usr/bin/env bash
# Prints what an environment grants: each host that gets a secret, a code or events, each issuer and
# subject that may sign in to Azure, and each existing identity, role and group.
# Usage: [BICEP=…] npx --no okta-8x8-telephony grants <environment>
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/compiler.bash"
at_most 1 "$@"
environment=${1-}
require environment
find_folder "$environment"
[[ -f $folder/main.bicepparam || -f $folder/front.bicepparam ]] ||
  wrong_usage "$folder/main.bicepparam does not exist. Name an environment that has this file, or front."
find_compiler
run_command print-grants "$folder"
