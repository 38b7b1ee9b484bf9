#!/usr/bin/env bash
# The compiler that the snapshots were made with, where the tests and az look for it: ~/.azure/bin.
set -euo pipefail
az bicep install --version v0.49.2
