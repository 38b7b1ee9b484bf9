#!/usr/bin/env bash
# The compiler that the snapshots were made with, into ~/.azure/bin. az, build.sh and snapshot.sh
# take it from there, whatever is on PATH; the tests alone prefer PATH, unless BICEP names it.
# Usage: scripts/install-bicep.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 0 "$@"

retry az bicep install --version v0.49.2 | printable
