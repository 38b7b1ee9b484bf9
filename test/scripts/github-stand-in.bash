#!/usr/bin/env bash
# Stands in for gh: keeps in $STAND_IN/github what it was asked to make, so that a second run finds it.
source "${0%/*}/stand-in-record.bash"
github=$STAND_IN/github
[[ -d $github/environments ]] || mkdir -p "$github/environments"
repository=octo-org/telephony

# As gh does, an error's body stands where the answer would be.
none() {
  printf '{"message":"Not Found","status":"404"}'
  echo "gh: Not Found (HTTP 404)" >&2
  exit 1
}

if [[ $1 == variable ]]; then
  [[ $* == "variable set "*" --repo $repository "* ]] || none
  name=$3 folder=$github
  while (($# > 1)); do
    [[ $1 != --env ]] || folder=$github/environments/$2
    [[ $1 != --body ]] || value=$2
    shift
  done
  [[ -d $folder ]] || none
  mkdir -p "$folder/variables" && echo "$value" >"$folder/variables/$name"
  exit
fi

[[ ${2-} == --method ]] && method=$3 path=$4 || method=GET path=$2
environment=$github/${path#repos/"$repository"/}
case "$1 $method $path" in
  "auth GET status") [[ -e $github/login ]] ;;
  "api GET repos/{owner}/{repo}") [[ -s $github/repository ]] && cat "$github/repository" ;;
  "api GET repos/$repository/actions/oidc/customization/sub") cat "$github/subject" ;;
  "api GET user") echo octocat ;;
  "api GET users/"*) echo "4${#path}" ;;
  "api GET orgs/octo-org/teams/on-call") echo 88 ;;
  "api GET orgs/octo-org/teams/"*) none ;;
  "api GET orgs/octo-org") cat "$github/plan" 2>/dev/null || none ;;
  "api GET repos/$repository/actions/variables/"*) cat "$github/variables/${path##*/}" 2>/dev/null || none ;;
  "api GET repos/$repository/actions/variables?per_page=30") cat "$github/variables/ENVIRONMENTS" 2>/dev/null || true ;;
  "api GET repos/$repository/environments/"*/variables?per_page=30)
    [[ -d ${environment%/*} ]] || none
    cd "${environment%\?*}" 2>/dev/null || exit 0
    for name in *; do echo "$name=$(<"$name")"; done
    ;;
  "api GET repos/$repository/environments/"*/deployment-branch-policies) cat "${environment%/*}/branches" 2>/dev/null || true ;;
  "api POST repos/$repository/environments/"*/deployment-branch-policies) echo "${6#name=}" >"${environment%/*}/branches" ;;
  "api GET repos/$repository/environments/"*)
    [[ -d $environment ]] || none
    echo "$(<"$environment/has-branches") $(<"$environment/reviewers")"
    ;;
  "api PUT repos/$repository/environments/"*)
    mkdir -p "$environment"
    [[ $* != *custom_branch_policies* ]] && echo false >"$environment/has-branches" || echo true >"$environment/has-branches"
    [[ $* != *reviewers* ]] && echo >"$environment/reviewers" || echo octocat >"$environment/reviewers"
    ;;
  *) echo "The stand-in for gh does not know: $*" >&2 && exit 2 ;;
esac
