#!/usr/bin/env bash
# Writes the examples' snapshots again after a change to infra/, for the diff to be reviewed;
# without a change, nothing changes.
# Usage: [BICEP=…] scripts/snapshot.sh
# Another compiler than the pinned one would write other snapshots, so PATH comes last.
set -euo pipefail
here=$(dirname "$0")
source "$here/usage.bash"
at_most 0 "$@"
[[ -d $here/../node_modules ]] || wrong_usage "There are no packages: npm ci installs them."
pinned=$HOME/.azure/bin/bicep
[[ -x $pinned ]] || pinned=bicep
bicep=${BICEP:-$pinned}
command -v "$bicep" >/dev/null || wrong_usage "There is no Bicep compiler: scripts/install-bicep.sh installs it."
# The ids are made up and constant: a snapshot says what would be asked for, not where.
where=(--subscription-id 00000000-0000-0000-0000-000000000000 --location westeurope --mode overwrite)
# A deployment refuses the examples' values.
export PLACEHOLDERS=allowed

for file in infra/environments/examples/*/*.bicepparam; do
  folder=$(dirname "$file")
  group=(--resource-group "rg-okta8x8-${folder##*/}")
  # A bootstrap is a deployment to the subscription.
  [[ $file != */bootstrap.bicepparam ]] || group=()
  "$bicep" snapshot "$file" ${group[@]+"${group[@]}"} "${where[@]}"
done
node "$here/run.js" "$here/sort-outputs.ts" infra/environments/examples/*/*.snapshot.json
