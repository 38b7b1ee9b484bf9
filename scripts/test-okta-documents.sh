#!/usr/bin/env bash
# Downloads Okta's management API and event types, pinned by commit and checksum, and tests our fake
# of Okta and our requests against them.
# Usage: scripts/test-okta-documents.sh
set -euo pipefail
here=$(dirname "$0")
source "$here/usage.bash"
at_most 0 "$@"

variables=$(node "$here/run.js" "$here/fetch-okta-documents.ts")
while IFS='=' read -r name value; do export "$name=$value"; done <<<"$variables"
export OKTA_DOCUMENTS_REQUIRED=1
npm run test:jest -- test/okta-documents test/scripts/okta-documents test/tools/okta test/tools/sandbox/okta
