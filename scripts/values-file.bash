# Sourced by scripts. Stops the script if a parameter file could read files or variables of this
# machine, or deploys another template. Other people write parameter files, and az compiles them on
# this machine.
only_values() {
  local said
  said=$(node "$(dirname "$0")/run.js" "$(dirname "$0")/../tools/check-environment/main.ts" "$1") || {
    printf '%s\n' "$said" >&2 && exit 1
  }
}
