#!/usr/bin/env bash
# From two logins to a hook that answers: asks what it cannot know, shows what it will do, asks
# once, and does it.
# Run it again whenever it stopped, or to change an answer: what is done already is left as it is.
# Usage: scripts/setup.sh <environment> [--like <example>] [--no-pipelines] [--write-only]
#   --like           the example in infra/environments/examples/ to begin with; unset: the one of
#                    that name
#   --no-pipelines   nothing on GitHub, and no identity that a pipeline could become
#   --write-only     write and check the environment's folder, and stop before anything is
#                    deployed: in a landing zone, network, resource groups and DNS are set first
# It wants `az login` as an owner of the subscription (like small, of one resource group) and, for
# pipelines, `gh auth login` as an administrator of the repository.
set +ax
set -euo pipefail
pipelines=yes like='' option='' write_only=no
# shellcheck disable=SC2034 # for setup/steps.bash
as_typed=$*
for argument; do
  shift
  case $option$argument in
    --like) option=--like: ;;
    --like:*) like=$argument option='' ;;
    --no-pipelines) pipelines=no ;;
    --write-only) write_only=yes ;;
    *) set -- "$@" "$argument" ;;
  esac
done
here=$(dirname "$0")
source "$here/usage.bash"
source "$here/retry.bash"
source "$here/inputs.bash"
source "$here/providers.bash"

at_most 1 "$@"
environment=${1-}
require environment
[[ $environment =~ ^[a-z][a-z0-9]{1,4}$ ]] || wrong_usage "An environment's name is two to five lower-case letters and digits, starting with a letter, such as prod."
[[ $environment != @(front|local) ]] || wrong_usage "That name is taken: front is the Front Door's, and local is the laptop's."
example_names() { printf '%s\n' infra/environments/examples/*/main.bicepparam | cut -d / -f 4 | paste -sd ' ' -; }
folder=infra/environments/$environment
example_folder=infra/environments/examples/${like:-$environment}
[[ -z $option && (-f $folder/main.bicepparam || -f $example_folder/main.bicepparam) ]] ||
  wrong_usage "There is no such example. Begin with one by its name or with --like: $(example_names)."

for part in steps values answers questions plan parameters azure small deploy secrets github okta left-to-do; do
  # shellcheck source=/dev/null
  source "$here/setup/$part.bash"
done

read_values
look_for_lists

trap end EXIT
trap 'exit 130' HUP INT TERM

look_for_terminal
look_for_tools
look_for_azure
if [[ $write_only == no ]]; then look_for_rights; elif is_small; then ask_for_group; fi
[[ $write_only == yes ]] || ! is_small || look_for_providers
[[ $pipelines == no ]] || look_for_github
[[ $write_only == yes ]] || look_for_secrets
install_packages

ask_everything
show_plan | printable
says_yes "Go on?" || stop "Nothing was changed."

write_parameters
check_values
[[ $write_only == no ]] || stop_before_deploying
if is_small; then make_group; else run_bootstrap; fi
[[ $pipelines == no ]] || make_github_environments
deploy_infrastructure
seed_secrets
deploy_code
run_smoke_test
write_okta_state
[[ $pipelines == no ]] || push_parameters
set_up_okta
all_done
