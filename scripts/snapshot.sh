#!/usr/bin/env bash
# Writes the snapshots of the examples prod, small and front. Run it after a change to infra/, and
# review the diff. The examples dev and dr have no snapshots, because
# test/infra/examples.programs.test.ts compares them with prod.
# Usage: [BICEP=…] scripts/snapshot.sh
# The script uses the compiler that BICEP names, or otherwise the pinned version. Other versions
# write different snapshots.
set -euo pipefail
here=$(dirname "$0")
source "$here/usage.bash"
at_most 0 "$@"
[[ -d $here/../node_modules ]] || wrong_usage "The packages are not installed. Run npm ci."
pinned=$HOME/.azure/bin/bicep
[[ -x $pinned ]] || pinned=bicep
bicep=${BICEP:-$pinned}
command -v "$bicep" >/dev/null || wrong_usage "The Bicep compiler is missing. Run scripts/install-bicep.sh."
# The subscription id is made up and constant, so that every machine writes the same snapshots.
where=(--subscription-id 00000000-0000-0000-0000-000000000000 --location westeurope --mode overwrite)
# Without this variable, the templates refuse the example values.
export PLACEHOLDERS=allowed

for file in infra/environments/examples/{front,prod,small}/*.bicepparam; do
  folder=$(dirname "$file")
  group=(--resource-group "rg-okta8x8-${folder##*/}")
  # A bootstrap is deployed to the subscription, so it has no resource group.
  [[ $file != */bootstrap.bicepparam ]] || group=()
  "$bicep" snapshot "$file" ${group[@]+"${group[@]}"} "${where[@]}"
done
node "$here/run.js" "$here/sort-outputs.ts" infra/environments/examples/*/*.snapshot.json
