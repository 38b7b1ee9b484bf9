#!/usr/bin/env bash
# Installs the version of the Bicep compiler that wrote the snapshots into ~/.azure/bin. az and the
# scripts use it even if PATH has another version. The tests prefer a compiler in BICEP or on PATH.
# Usage: scripts/install-bicep.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 0 "$@"

retry az bicep install --version v0.49.2 | printable
