#!/usr/bin/env bash
# Checks that package-lock.json installs with each npm version that people use. It installs nothing.
# It needs the npm registry, so npm test does not run it.
# Usage: scripts/check-lock.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 0 "$@"

# The copy has only files of a fresh clone.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp package.json package-lock.json .npmrc "$folder"
cd "$folder"

# Arguments: a version of npm and its checksum. npm compares what it downloads with the registry's
# checksum, so this function compares that one with ours.
check() {
  [[ $(npm view --loglevel=error "npm@$1" dist.integrity) == "$2" ]] || {
    echo "The registry has another checksum for npm $1, or cannot be reached. It was not run." >&2
    exit 1
  }
  npx --yes --loglevel=error "npm@$1" ci --dry-run --ignore-scripts >/dev/null || {
    echo "npm $1 refuses package-lock.json." >&2
    exit 1
  }
  echo "npm $1 installs what package-lock.json says."
}
# The versions in Node 20, 22 and 24, and the newest one.
check 10.8.2 sha512-x/AIjFIKRllrhcb48dqUNAAZl0ig9+qMuN91RpZo3Cb2+zuibfh+KISl6+kVVyktDz230JKc208UkQwwMqyB+w==
check 10.9.4 sha512-OnUG836FwboQIbqtefDNlyR0gTHzIfwRfE3DuiNewBvnMnWEpB0VEXwBlFVgqpNzIgYo/MHh3d2Hel/pszapAA==
check 11.6.2 sha512-7iKzNfy8lWYs3zq4oFPa8EXZz5xt9gQNKJZau3B1ErLBb6bF7sBJ00x09485DOvRT2l5Gerbl3VlZNT57MxJVA==
check 12.2.2 sha512-KglgbZyacf7jH+FHuNRqVuCzQi8VhI2a7J87Ix43FsPTuZoGWmIXXGdZtBUOA79vwL+IJREqURVzupA7PsQTcA==
