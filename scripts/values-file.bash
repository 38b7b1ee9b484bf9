# Sourced by scripts. Stops the script if a parameter file could read files or variables of this
# machine, or deploys another template. Other people write parameter files, and az compiles them on
# this machine.
only_values() {
  local said
  said=$(run_command check-values "$1") || {
    printf '%s\n' "$said" >&2 && exit 1
  }
}
