#!/usr/bin/env bash
# Stand-in for gh. Keeps objects in $STAND_IN/github for later runs of setup, and refuses unknown
# paths and fields. https://cli.github.com/manual/gh_api, https://docs.github.com/rest
source "${0%/*}/stand-in-record.bash"
[[ -z $error ]] || fail "$error"
github=$STAND_IN/github

# Like gh, prints the body of an error to standard output: https://github.com/cli/cli/issues/5209
none() {
  printf '{"message":"Not Found","status":"404"}'
  fail "gh: Not Found (HTTP 404)"
}

fields=() method=GET path='' environment='' body='' jq=''
while (($# > 0)); do
  case $1 in
    -f | -F) fields+=("$2") && shift 2 ;;
    --method) method=$2 && shift 2 ;;
    --env) environment=$2 && shift 2 ;;
    --body) body=$2 && shift 2 ;;
    --jq) jq=$2 && shift 2 ;;
    --repo) { [[ $2 == octo-org/telephony ]] || none; } && shift 2 ;;
    --silent) shift ;;
    *) path+=${path:+ }$1 && shift ;;
  esac
done
environments=repos/octo-org/telephony/environments/
if [[ $path == *$environments* ]]; then
  environment=${path#*"$environments"} environment=${environment%%/*}
  [[ $method == PUT || -d $github/environments/$environment ]] || none
fi
folder=$github${environment:+/environments/$environment}

# As on GitHub, a request replaces all rules, and refers to people and teams by id. A request must
# have both fields of deployment_branch_policy or neither field:
# https://docs.github.com/rest/deployments/environments
put_rules() {
  local field type='' by_name=false self=allowed people=''
  for field in "${fields[@]}"; do
    case $field in
      "deployment_branch_policy[protected_branches]=false") ;;
      "deployment_branch_policy[custom_branch_policies]=true") by_name=true ;;
      "reviewers[][type]="*) type=${field#*=} ;;
      "reviewers[][id]="*)
        case $type-${field#*=} in
          User-41) people+="octocat User"$'\n' ;;
          User-42) people+="hubot User"$'\n' ;;
          Team-88) people+="octo-org/on-call Team"$'\n' ;;
          *) fail "gh: Failed to create or update the environment: $type ${field#*=} (HTTP 422)" ;;
        esac
        ;;
      prevent_self_review=true) self=prevented ;;
      *) refuse "PUT $path with $field" ;;
    esac
  done
  [[ $by_name == false || "${fields[*]}" == *protected_branches* ]] || refuse "one of the two kinds of branches alone"
  mkdir -p "$folder"
  echo "$by_name" >"$folder/branches-by-name"
  printf %s "$people" >"$folder/reviewers"
  echo "$self" >"$folder/self-review"
}

case "$method ${path/"$environments$environment"/@}" in
  "GET auth status") [[ -e $github/login ]] || fail "You are not logged into any GitHub hosts." ;;
  "GET variable set "*)
    [[ -d $folder ]] || none
    mkdir -p "$folder/variables" && echo "${body:?}" >"$folder/variables/${path##* }"
    ;;
  "GET api repos/{owner}/{repo}")
    [[ $jq == '"\(.full_name) \(.owner.id) \(.id) \(.permissions.admin)"' ]] || refuse "$path with $jq"
    cat "$github/repository"
    ;;
  "GET api repos/octo-org/telephony/actions/oidc/customization/sub") cat "$github/subject" ;;
  "GET api user") echo octocat ;;
  "GET api users/octocat") echo 41 ;;
  "GET api users/hubot") echo 42 ;;
  "GET api orgs/octo-org/teams/on-call") echo 88 ;;
  "GET api users/"* | "GET api orgs/octo-org/teams/"*) none ;;
  "PUT api @") put_rules ;;
  "GET api @") echo "$(<"$folder/branches-by-name") $(cut -d ' ' -f 1 "$folder/reviewers" | sort | paste -sd, -)" ;;
  "GET api @/deployment-branch-policies") cat "$folder/branches" 2>/dev/null || true ;;
  "POST api @/deployment-branch-policies")
    # GitHub's rule: "custom_branch_policies must be set to true to use these endpoints"
    [[ $(<"$folder/branches-by-name") == true ]] || none
    echo "${fields[0]#name=}" >>"$folder/branches"
    ;;
  "GET api @/variables?per_page=30") (cd "$folder/variables" 2>/dev/null && grep -H . -- * | sed s/:/=/) || true ;;
  *) refuse "$method $path" ;;
esac
