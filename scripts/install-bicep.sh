#!/usr/bin/env bash
# Installs the version of the Bicep compiler that wrote the snapshots, into ~/.azure/bin. The
# scripts and az use this compiler even if another is on PATH. The tests prefer a compiler that is
# on PATH or that the variable BICEP names. The script needs az.
# Usage: npx --no okta-8x8-telephony install-bicep
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 0 "$@"
command -v az >/dev/null || wrong_usage "az is not installed. Install az, or set BICEP to the path of Bicep 0.49.2."

retry az bicep install --version v0.49.2 | printable
