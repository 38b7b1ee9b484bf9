# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

# gh prints the response of a failed call too: https://github.com/cli/cli/issues/5209
answer() {
  local body
  body=$(gh api "$@") || return
  [[ -z $body ]] || printf '%s\n' "$body"
}

# The subject in the token of a workflow run names the repository with or without ids:
# https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects
# GitHub's API returns the prefix of this subject: https://github.com/Azure/azure-dev/issues/9382
look_for_github() {
  local administers default prefix
  gh auth status >/dev/null 2>&1 || stop "You are not signed in to GitHub. Run gh auth login, or leave GitHub out with --no-pipelines."
  read -r repository owner_id repository_id administers < <(answer 'repos/{owner}/{repo}' \
    --jq '"\(.full_name) \(.owner.id) \(.id) \(.permissions.admin)"') ||
    stop "This folder is not a clone of a repository on GitHub. Clone yours, or leave GitHub out with --no-pipelines."
  [[ $administers == true ]] || stop "You are not an administrator of $repository. Ask one to run setup, or use your own repository." \
    "If gh chose the wrong repository, as in a fork, run gh repo set-default."
  repository_owner=${repository%%/*} repository_name=${repository#*/}
  read -r default prefix < <(answer "repos/$repository/actions/oidc/customization/sub" \
    --jq '"\(.use_default) \(.sub_claim_prefix // (if .use_immutable_subject then "ids" else "names" end))"') ||
    stop "The subject format of $repository cannot be read. See gh's error above."
  # A bootstrap that names a workflow needs a custom format: docs/security.md#only-the-products-workflow.
  [[ $default == true || -n $(value_of "$bootstrap" workflow) ]] || stop "$repository uses a custom subject format, which Azure would not match." \
    "To reset it, run gh api -X PUT repos/$repository/actions/oidc/customization/sub -F use_default=true"
  case $prefix in
    names | "repo:$repository") subject=names ;;
    ids | "repo:$repository_owner@$owner_id/$repository_name@$repository_id") subject=ids ;;
    *) stop "$repository uses the subject format $prefix, which setup does not support. Set up the environment by hand (infra/README.md)." ;;
  esac
}

reviewers_or_me() {
  local logins
  logins=$(rules_of "$environment")
  logins=${logins#* }
  if [[ -n $logins ]]; then echo "$logins"; else answer user --jq .login; fi
}

# Prints whether only some branches may use the environment (true or false), then its reviewers.
rules_of() {
  answer "repos/$repository/environments/$1" --jq '"\(.deployment_branch_policy.custom_branch_policies == true) \([.protection_rules[]? |
    .reviewers[]?.reviewer | .login // "'"$repository_owner"'/\(.slug)"] | sort | join(","))"' 2>/dev/null || true
}

make_github_environments() {
  begin "Environments on GitHub" "See gh's error above. Rules in a private repository need a paid plan: docs/deploy.md."
  make_github_environment "$environment" "$(bootstrap_output deployClientId)" main
  make_github_environment "preview-$environment" "$(bootstrap_output previewClientId)" ''
}

make_github_environment() {
  local target=$1 client=$2 branch=$3 has_branches approvers wanted
  read -r has_branches approvers < <(rules_of "$target" && echo)
  wanted=$(tr ',' '\n' <<<"$reviewers" | sort | paste -sd, -)
  if [[ -n $has_branches && (-z $branch || $has_branches == true) && (-z $wanted || $approvers == "$wanted") ]]; then
    done_before "$target has its rules."
  else
    put_rules "$target" "$branch"
    echo "Created $target."
  fi
  [[ -z $branch ]] || allow_branch "$target" "$branch"
  write_variables "$target" AZURE_CLIENT_ID "$client" AZURE_TENANT_ID "$(bootstrap_output tenantId)" \
    AZURE_SUBSCRIPTION_ID "$(bootstrap_output subscriptionId)" RESOURCE_GROUP "$resource_group"
}

put_rules() {
  local fields=() name type id
  [[ -z $2 ]] || fields=(-F 'deployment_branch_policy[protected_branches]=false'
    -F 'deployment_branch_policy[custom_branch_policies]=true')
  for name in ${reviewers//,/ }; do
    if [[ $name == */* ]]; then type=Team; else type=User; fi
    id=$(retry reviewer_id "$name")
    fields+=(-F "reviewers[][type]=$type" -F "reviewers[][id]=$id")
  done
  # A single reviewer must be able to approve their own pushes.
  [[ -z $reviewers || $reviewers == "$(answer user --jq .login)" ]] || fields+=(-F prevent_self_review=true)
  retry gh api --method PUT "repos/$repository/environments/$1" ${fields[@]+"${fields[@]}"} --silent
}

reviewer_id() {
  if [[ $1 == */* ]]; then answer "orgs/${1%/*}/teams/${1#*/}" --jq .id; else answer "users/$1" --jq .id; fi
}

allow_branch() {
  local policies=repos/$repository/environments/$1/deployment-branch-policies
  retry answer "$policies" --jq '.branch_policies[].name' | grep -qx "$2" ||
    retry gh api --method POST "$policies" -f "name=$2" --silent
}

variables_of() {
  retry answer "repos/$repository/environments/$1/variables?per_page=30" --jq '.variables[] | "\(.name)=\(.value)"'
}

write_variables() {
  local target=$1 have
  shift
  have=$(variables_of "$target")
  while (($# > 0)); do
    grep -qxF "$1=$2" <<<"$have" || retry gh variable set "$1" --repo "$repository" --env "$target" --body "$2"
    shift 2
  done
}

# Setup pushes only after the smoke test, because the pipeline deploys every environment on main.
push_parameters() {
  begin "Commit and push" "If main refuses a direct push, run git push origin HEAD:refs/heads/setup-$environment and open a pull request."
  local file files=("$folder")
  for file in package.json package-lock.json .gitignore .github/workflows/okta-8x8-telephony*.yml okta-8x8-telephony-*.tgz; do
    [[ ! -e $file ]] || files+=("$file")
  done
  git add -- "${files[@]}"
  if git diff --quiet --cached -- "${files[@]}"; then
    done_before "the files are committed."
  else
    git commit --quiet --message "chore: the values of $environment" -- "${files[@]}"
  fi
  git push --quiet origin HEAD
}
