#!/usr/bin/env bash
# Installs the Bicep compiler of the snapshots into ~/.azure/bin. az and the scripts use that one,
# even if PATH has another. The tests use PATH first, unless BICEP is set.
# Usage: scripts/install-bicep.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 0 "$@"

retry az bicep install --version v0.49.2 | printable
