# Sourced by scripts. Sets BICEP to the Bicep compiler, for our programs that compile values.
find_compiler() {
  # az installs Bicep into az's configuration folder. Azure Pipelines sets AZURE_CONFIG_DIR for each
  # task.
  local pinned=${AZURE_CONFIG_DIR:-${HOME-}/.azure}/bin/bicep
  [[ -x $pinned ]] || pinned=bicep
  export BICEP=${BICEP:-$pinned}
  command -v "$BICEP" >/dev/null || wrong_usage "The Bicep compiler is missing. Run $(command_line install-bicep)."
}
