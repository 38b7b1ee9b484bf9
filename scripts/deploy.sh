#!/usr/bin/env bash
# Checks an environment's values, deploys its infrastructure and its code, and tests the app.
# Usage: RESOURCE_GROUP=… npx --no okta-8x8-telephony deploy <environment>
# For more variables, see the help of deploy-infra, deploy-code and smoke.
set -euo pipefail
here=$(dirname "$0")
source "$here/usage.bash"
at_most 1 "$@"
environment=${1-}
require environment RESOURCE_GROUP

"$here/check-environment.sh" "$environment"
"$here/deploy-infra.sh" "$environment"
"$here/deploy-code.sh"
"$here/smoke.sh"
