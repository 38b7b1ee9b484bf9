#!/usr/bin/env bash
# Stand-in for node. It skips the app's own checks, which take most of a run's time, except in tests
# of these checks.
case "$*" in
  "scripts/run.js scripts/../tools/check-environment/main.ts "*) exec check-environment "$3" ;;
  "scripts/run.js tools/check-environment/check-setting.ts "*) [[ -e $STAND_IN/judges-answers ]] || exit 0 ;;
esac
exec "$NODE" "$@"
