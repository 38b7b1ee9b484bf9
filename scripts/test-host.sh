#!/usr/bin/env bash
# Tests the built app on a real Functions host (func of Azure Functions Core Tools) with stand-ins
# for Okta and 8x8. It sends requests for SMS and calls, a wrong secret, and a body over 2 MiB. It
# also tests receipts, events and a stop under load. If func is not on PATH, the script prints that
# and tests nothing.
# Usage: scripts/test-host.sh
# HOST_PORT (default: 7071) is the first of three ports in a row. HOST_SECONDS (default: 120) is how
# long the script waits for each step.
set -euo pipefail
here=$(dirname "$0")
source "$here/usage.bash"
at_most 0 "$@"
port=${HOST_PORT:-7071} seconds=${HOST_SECONDS:-120}
url=http://127.0.0.1:$port/api/okta/telephony
[[ -d $here/../node_modules ]] || wrong_usage "The packages are not installed. Run npm ci."
[[ -f dist/main.cjs ]] || wrong_usage "dist/main.cjs does not exist. Run npm run build."
if ! command -v func >/dev/null; then
  echo "Skipped, because func is not on PATH. To install it, run npm install --global azure-functions-core-tools@4."
  exit
fi

OKTA_HOOK_SECRET=$(openssl rand -hex 32)
OKTA_EVENT_SECRET=$(openssl rand -hex 32)
export OKTA_HOOK_SECRET OKTA_EVENT_SECRET
logs=$(mktemp -d) host='' load=''
# shellcheck disable=SC2329 # called by the trap
end() {
  local status=$?
  trap - EXIT
  # The minus sends the signal to the process and its children.
  [[ -z $load ]] || kill -KILL -- "-$load" 2>/dev/null || true
  [[ -z $host ]] || kill -KILL -- "-$host" 2>/dev/null || true
  ((status == 0)) || tail -n 40 "$logs"/* >&2 || true
  rm -r "$logs"
  exit "$status"
}
trap end EXIT
trap 'exit 130' HUP INT TERM

hook() { node "$here/run.js" "$here/../tools/hook/main.ts" --url "$url" "$@"; }
fail() {
  echo "Failed: $1" >&2
  exit 1
}
wait_for() {
  local words=$1
  shift
  for ((second = 0; second < seconds; second++)); do
    ! "$@" || { echo "ok: $words" && return; }
    kill -0 "$host" 2>/dev/null || fail "$words (the host ended first)"
    sleep 1
  done
  fail "$words, within $seconds s"
}
has_lines() { (($(grep -c "$1" "$logs/host") >= $2)); }
has_ended() { ! kill -0 "$host" 2>/dev/null; }

# Gives each background command its own process group, because `end` kills whole groups.
set -m
node "$here/run.js" "$here/../tools/local/main.ts" --host func --port "$port" --sandbox-port "$((port + 1))" \
  --okta-port "$((port + 2))" >"$logs/host" 2>&1 &
host=$!
wait_for "the host has started" has_lines '^Press Ctrl-C to stop' 1

hook --repeat 10 --used >"$logs/sms" || fail "ten requests by SMS are accepted"
echo "ok: ten requests by SMS are accepted"
hook --repeat 10 --channel voice >"$logs/voice" || fail "ten requests by voice are accepted"
echo "ok: ten requests by voice are accepted"
OKTA_HOOK_SECRET=wrong-$OKTA_HOOK_SECRET hook --expect unauthenticated >"$logs/wrong" || fail "a wrong secret gets 401"
echo "ok: a wrong secret gets 401"
status=$(head -c 3145728 /dev/zero | curl --silent --output /dev/null --write-out '%{http_code}' --max-time 30 \
  --header 'content-type: application/json' --data-binary @- "$url") || true
[[ $status != 2* ]] || fail "a body over 2 MiB is refused (HTTP $status)"
hook >"$logs/after" || fail "a request after a body over 2 MiB is accepted"
echo "ok: a body over 2 MiB is refused (HTTP $status), and the next request is accepted"
wait_for "receipts arrive" has_lines '← receipt:' 10
wait_for "Okta's events arrive" has_lines '← outcome:' 10

# The host must exit by itself and without an error, although requests are pending.
hook --repeat 2000 >"$logs/load" 2>&1 &
load=$!
before=$(grep -c '→ accepted' "$logs/host")
wait_for "the host accepts requests under load" has_lines '→ accepted' "$((before + 20))"
kill -TERM "$host"
for ((second = 0; second < seconds; second++)); do
  ! has_ended || break
  sleep 1
done
has_ended || fail "the host ends when it is stopped, within $seconds s"
wait "$host" || fail "the host ends without an error when it is stopped under load"
host=''
! curl --silent --output /dev/null --max-time 5 "$url" || fail "nothing listens on port $port after the stop"
echo "ok: the host stops under load"
