# Sourced by setup.sh: where it is, what it says when it stops, and what it needs of the machine.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

current='' advice=''

# A step's name, and what to do should it fail.
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

# Runs however setup ends.
end() {
  local status=$?
  trap - EXIT
  take_back_vault_role
  show_hook_secret
  if ((status != 0)) && [[ -n $current ]]; then
    printf '\nStopped at: %s. %s Then run scripts/setup.sh %s again: it goes on from here.\n' \
      "$current" "$advice" "$as_typed" >&2
  fi
  exit "$status"
}

all_done() {
  current=''
  show_okta_values
  show_8x8_values
  is_standby || echo "The first live hour, as soon as Okta has the hook: npm run accept -- $environment   (docs/live.md)"
  [[ $(value_of "$main" GUARD_MODE) == enforce ]] ||
    echo "The guard records and refuses nobody yet. When you have read what it would have refused, enforce it: docs/guard.md."
}

# The hook secret is shown there and nowhere else.
look_for_terminal() {
  { : >/dev/tty; } 2>/dev/null || stop "Run this in a terminal: the hook secret is shown once, and only there."
}

look_for_tools() {
  local tool version major minor
  for tool in az git node npm openssl curl; do
    command -v "$tool" >/dev/null || stop "There is no $tool on this machine: install it, then run this again."
  done
  [[ $pipelines == no ]] || command -v gh >/dev/null ||
    stop "There is no gh: install it (https://cli.github.com), or leave GitHub out with --no-pipelines."
  version=$(az version --query '"azure-cli"' --output tsv)
  IFS=. read -r major minor _ <<<"$version"
  ((major > 2 || (major == 2 && minor >= 76))) || stop "az is $version: az upgrade brings 2.76 or newer."
  version=$(node --version)
  version=${version#v}
  ((${version%%.*} >= 20)) || stop "Node is $version: install 20 or newer."
}
