#!/usr/bin/env bash
# Tests our fake of Okta and our requests against Okta's description of its management API.
# Downloads the description, pinned by commit and checksum. Needs jq.
# Usage: scripts/test-okta-documents.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 0 "$@"

folder=$PWD/.cache/okta-documents
mkdir -p "$folder"
# Arguments: the file to write, the SHA-256 of the document (as JSON with sorted keys), and the
# document's path on GitHub.
download() {
  curl --silent --show-error --fail --max-time 60 "https://raw.githubusercontent.com/okta/$3" |
    node_modules/.bin/yaml --json --single | jq --compact-output --sort-keys . | tr -d '\n' >"$folder/$1"
  echo "$2  $folder/$1" | sha256sum --check --quiet
}
# The management API 2026.06.3.
download management.json 1b826f1c6e4cdbac843a30865aed7be4ef29c0db33c34a64e522a42877f613df \
  okta-management-openapi-spec/fdda229e82940cf5af4611ad673ca6a27974e31b/dist/current/management-minimal.yaml

export OKTA_OPENAPI=$folder/management.json OKTA_DOCUMENTS_REQUIRED=1
npm run test:jest -- test/tools/okta
