#!/usr/bin/env bash
# Judges a company's environment before Azure is asked: its files compile, the program takes its
# settings, and it breaks none of the rules in docs/parameters.md. accepted.json beside its values
# sets a rule aside: {"<rule>": "<reason>"}.
# Usage: [BICEP=…] [STAGE=…] scripts/check-environment.sh <environment>
# STAGE is test, production or standby, for an environment that no pipeline deploys: its folder has
# no pipeline.json that says it.
# Exit code 0: no problem; 1: what to do is printed; 64: wrong usage.
set -euo pipefail
here=$(dirname "$0")
source "$here/usage.bash"
at_most 1 "$@"
environment=${1-}
require environment
case ${STAGE-} in
  '' | test | production | standby) ;;
  *) wrong_usage "STAGE is test, production or standby." ;;
esac
folder=infra/environments/$environment
[[ -f $folder/main.bicepparam ]] || wrong_usage "There is no $folder/main.bicepparam."
[[ -d $here/../node_modules/zod ]] || wrong_usage "There are no packages: npm ci installs them."
# az installs it into its own folder, which is another one in a task of Azure Pipelines.
pinned=${AZURE_CONFIG_DIR:-$HOME/.azure}/bin/bicep
[[ -x $pinned ]] || pinned=bicep
export BICEP=${BICEP:-$pinned}
command -v "$BICEP" >/dev/null || wrong_usage "There is no Bicep compiler: scripts/install-bicep.sh installs it."

exec node "$here/run.js" "$here/../tools/check-environment/main.ts" "$folder"
