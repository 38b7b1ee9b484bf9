#!/usr/bin/env bash
# The compiler that the snapshots were made with, into ~/.azure/bin. az, build.sh and snapshot.sh take it from there, whatever
# is on PATH; the tests alone prefer PATH, unless BICEP names it.
set -euo pipefail
az bicep install --version v0.49.2
