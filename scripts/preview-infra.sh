#!/usr/bin/env bash
# Shows what a deployment would change, and whom the environment would trust in place of main. An
# identity that cannot change anything may run this script.
# Usage: RESOURCE_GROUP=… npx --no okta-8x8-telephony preview <environment>
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
source "$(dirname "$0")/values-file.bash"
source "$(dirname "$0")/compiler.bash"
at_most 1 "$@"
environment=${1-}
require environment RESOURCE_GROUP
find_folder "$environment"
parameters=$folder/main.bicepparam
[[ -f $parameters ]] || wrong_usage "$parameters does not exist. Name an environment that has this file."
only_values "$parameters"

retry az deployment group what-if \
  --resource-group "$RESOURCE_GROUP" \
  --name okta-8x8-telephony-preview \
  --parameters "$parameters" \
  --validation-level ProviderNoRbac | printable

# A pull request is checked out as a merge commit, whose first parent is main.
if ! git rev-parse --quiet --verify 'HEAD^2' >/dev/null 2>&1; then
  echo "The grants are not compared with main, because the checkout is not a pull request's merge commit with its parents."
  exit
fi
find_compiler
before=$(mktemp -d "${folder%/*}/.main-XXXXXX")
trap 'rm -rf "$before"' EXIT
for file in main.bicepparam bootstrap.bicepparam okta.json; do
  ! git cat-file -e "HEAD^1:./$folder/$file" 2>/dev/null || git show "HEAD^1:./$folder/$file" >"$before/$file"
done
echo "Changes in what the environment grants (- main, + this branch):"
changes=$(diff <(run_command print-grants "$before" 2>&1) <(run_command print-grants "$folder" 2>&1) |
  sed -n 's/^</-/p; s/^>/+/p') || true
printf '%s\n' "${changes:-none}" | printable
