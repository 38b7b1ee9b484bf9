#!/usr/bin/env bash
# Checks that each npm version that people use accepts package-lock.json. Nothing is installed. The
# check needs the npm registry, so npm test does not include it.
# Usage: scripts/check-lock.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 0 "$@"

# npm runs in a folder without node_modules, as in a fresh clone.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp package.json package-lock.json .npmrc "$folder"
cd "$folder"

# Arguments: a version of npm and its checksum. This function compares the registry's checksum with
# the argument, because npm compares its download only with the registry's checksum.
check() {
  [[ $(npm view --loglevel=error "npm@$1" dist.integrity) == "$2" ]] || {
    echo "npm $1 was not run, because the registry reports another checksum for it or cannot be reached." >&2
    exit 1
  }
  npx --yes --loglevel=error "npm@$1" ci --dry-run --ignore-scripts >/dev/null || {
    echo "npm $1 refuses package-lock.json." >&2
    exit 1
  }
  echo "npm $1 accepts package-lock.json."
}
# The npm versions that come with Node 20, 22 and 24, then the newest npm.
check 10.8.2 sha512-x/AIjFIKRllrhcb48dqUNAAZl0ig9+qMuN91RpZo3Cb2+zuibfh+KISl6+kVVyktDz230JKc208UkQwwMqyB+w==
check 10.9.4 sha512-OnUG836FwboQIbqtefDNlyR0gTHzIfwRfE3DuiNewBvnMnWEpB0VEXwBlFVgqpNzIgYo/MHh3d2Hel/pszapAA==
check 11.6.2 sha512-7iKzNfy8lWYs3zq4oFPa8EXZz5xt9gQNKJZau3B1ErLBb6bF7sBJ00x09485DOvRT2l5Gerbl3VlZNT57MxJVA==
check 12.2.2 sha512-KglgbZyacf7jH+FHuNRqVuCzQi8VhI2a7J87Ix43FsPTuZoGWmIXXGdZtBUOA79vwL+IJREqURVzupA7PsQTcA==
