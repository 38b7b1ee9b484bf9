#!/usr/bin/env bash
# Tests our fake of Okta and our requests against Okta's descriptions of its management API and
# event types. Downloads these documents, pinned by commit and checksum. Needs jq.
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
# The event types 2026.08.1. JSON is a subset of YAML, so the same program reads this file.
download event-types.json d399e13a154f9e478d33fb11aab8887ff72f7867c8eb11976286c5c4d197577f \
  okta-developer-docs/468de9c5/packages/@okta/vuepress-site/data/event-types.json

export OKTA_OPENAPI=$folder/management.json OKTA_EVENT_TYPES=$folder/event-types.json OKTA_DOCUMENTS_REQUIRED=1
npm run test:jest -- test/okta-documents test/tools/okta
