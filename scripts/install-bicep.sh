#!/usr/bin/env bash
# Installs the Bicep compiler into ~/.azure/bin, in the version that wrote the snapshots. az and the
# scripts use this compiler even if another is on PATH. The tests prefer a compiler that is on PATH
# or that the variable BICEP names.
# Usage: scripts/install-bicep.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 0 "$@"

retry az bicep install --version v0.49.2 | printable
