#!/usr/bin/env bash
# Sets up the whole hook. The script asks questions, writes your answers into the environment's
# folder, and shows a plan. If you agree, it carries out the plan. Run the script again if it
# stopped, or to change an answer. It skips what is already done.
# Usage: npx --no okta-8x8-telephony setup <environment> [--like <example>] [--no-pipelines | --check]
#   --like           example to start from: small, dev, prod or dr; default: the example with the
#                    environment's name
#   --no-pipelines   creates no GitHub environments and no identities for pipelines, as in a clone
#   --check          asks nothing and changes nothing: checks the values and asks Azure whether it
#                    would take them
# First, sign in with `az login` as an owner of the subscription. For the example small, an owner of
# one resource group is enough. For pipelines, also sign in with `gh auth login` as an administrator
# of the repository.
set +ax
set -euo pipefail
pipelines=yes like='' option='' only_check=no
# shellcheck disable=SC2034 # used in setup/steps.bash
as_typed=$*
for argument; do
  shift
  case $option$argument in
    --like) option=--like: ;;
    --like:*) like=$argument option='' ;;
    --no-pipelines) pipelines=no ;;
    --check) only_check=yes ;;
    *) set -- "$@" "$argument" ;;
  esac
done
here=$(dirname "$0")
source "$here/usage.bash"
source "$here/retry.bash"
source "$here/deployment-hash.bash"
source "$here/providers.bash"
source "$here/compiler.bash"

at_most 1 "$@"
environment=${1-}
require environment
[[ $environment =~ ^[a-z][a-z0-9]{1,4}$ ]] || wrong_usage "The environment's name must have two to five lower-case letters and digits and start with a letter, such as prod."
[[ ! $environment =~ ^(front|local)$ ]] || wrong_usage "The names front and local are reserved for the Front Door and your laptop. Choose another name."
example_names() { (cd "${product}infra/environments/examples" && printf '%s\n' */main.bicepparam) | cut -d / -f 1 | paste -sd ' ' -; }
find_folder "$environment"
example_folder=${product}infra/environments/examples/${like:-$environment}
[[ -z $option && (-f $folder/main.bicepparam || -f $example_folder/main.bicepparam) ]] ||
  wrong_usage "That example does not exist. Use the name of an example, or --like with one of: $(example_names)."

[[ $product != /* ]] || wrong_usage "This is not the folder of the package. Run setup in ${product%/node_modules/*}."
# A clone of the product has no pipeline that deploys.
! is_clone || pipelines=no

for part in steps values answers questions plan parameters azure small deploy secrets github okta left-to-do; do
  # shellcheck source=/dev/null
  source "$here/setup/$part.bash"
done

read_values
look_for_lists

trap end EXIT
trap 'exit 130' HUP INT TERM

if [[ $only_check == yes ]]; then
  only_look
  exit
fi

look_for_terminal
look_for_tools
look_for_azure
look_for_rights
! is_small || look_for_providers
[[ $pipelines == no ]] || look_for_github
look_for_secrets
install_packages

ask_everything
write_parameters
choose_update_strategy
check_values
avoid_deleted_workspace
show_plan | printable
says_yes "Continue?" || stop "Nothing was deployed. Your answers are in $folder."

if is_small; then make_group; else run_bootstrap; fi
[[ $pipelines == no ]] || make_github_environments
deploy_infrastructure
write_okta_state
trust_hosts
seed_secrets
deploy_code
run_smoke_test
[[ $pipelines == no ]] || push_parameters
set_up_okta
all_done
