#!/usr/bin/env bash
# Stand-in for node. Skips the checks of settings and environments, because these checks take most
# of a run's time. If the file judges-answers exists, the check of settings runs.
case "$*" in
  *"tools/command.js check-values "*) exec check-environment "$3" ;;
  *"tools/command.js okta "*) exec okta "${@:3}" ;;
  *"tools/command.js hook "*) exec hook "${@:3}" ;;
  *"tools/command.js check-setting "*) [[ -e $STAND_IN/judges-answers ]] || exit 0 ;;
  # The commands preflight and print-grants would start the Bicep compiler.
  *"tools/command.js preflight "*) exec check-environment "${@:2}" ;;
  *"tools/command.js print-grants "*" --untrusted "*) exec check-environment "${@:2}" ;;
  *"tools/command.js print-grants "*) echo "the resource group: rg-okta8x8-${3##*/}" && exit ;;
esac
exec "$NODE" "$@"
