# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

current='' advice=''

# Arguments: name of the step, and what to do if it fails.
begin() {
  current=$1 advice=$2
  printf '\n== %s\n' "$1"
}

done_before() {
  echo "Done before: $1"
}

stop() {
  printable <<<"$*" >&2
  current=''
  exit 1
}

end() {
  local status=$?
  trap - EXIT
  take_back_vault_role
  show_hook_secret
  if ((status != 0)) && [[ -n $current ]]; then
    printf '\nStopped at: %s. %s Then run again: %s\nIt continues from here. On this machine, run it in %s\n' \
      "$current" "$advice" "$(command_line setup "$as_typed")" "$PWD" >&2
  fi
  exit "$status"
}

all_done() {
  current=''
  show_okta_values
  show_8x8_values
  is_standby || echo "As soon as Okta has the hook, run the first live checks: $(command_line accept "$environment")   (docs/live.md)"
  [[ $(value_of "$main" GUARD_MODE) == enforce ]] ||
    echo "The guard is in record mode and refuses no code yet. Read what it would have refused, then enforce it: docs/guard.md."
  [[ $other_hook == no ]] || show_way_from_another_provider
}

look_for_terminal() {
  { : >/dev/tty; } 2>/dev/null || stop "Run setup in a terminal, because it shows the hook secret only there, and only once."
}

look_for_tools() {
  local tool version major minor
  for tool in az node openssl curl; do
    command -v "$tool" >/dev/null || stop "$tool is not installed. Install it, then run setup again."
  done
  [[ $pipelines == no ]] || { command -v git && command -v gh; } >/dev/null ||
    stop "git or gh (https://cli.github.com) is not installed. Install both, or leave GitHub out with --no-pipelines."
  version=$(az version --query '"azure-cli"' --output tsv)
  IFS=. read -r major minor _ <<<"$version"
  ((major > 2 || (major == 2 && minor >= 76))) || stop "az $version is too old. Run az upgrade to get 2.76 or newer."
  version=$(node --version)
  version=${version#v}
  IFS=. read -r major minor _ <<<"$version"
  ((major > 22 || (major == 22 && minor >= 21))) || stop "Node $version is too old. Install Node 22.21 or newer."
}
