# Sourced. Stops if a parameter file could read files or variables of this machine, or deploys another
# template. Other people write these files, and az compiles them.
only_values() {
  local said
  said=$(node "$(dirname "$0")/run.js" "$(dirname "$0")/../tools/check-environment/main.ts" "$1") || {
    printf '%s\n' "$said" >&2 && exit 1
  }
}
