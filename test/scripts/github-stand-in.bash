#!/usr/bin/env bash
# Stands in for gh: keeps in $STAND_IN/github what it was asked to make, so that a second run finds it, and refuses a path, a field or
# a --jq that it does not know. gh itself: https://cli.github.com/manual/gh_api and gh_variable_set; a path: https://docs.github.com/rest
source "${0%/*}/stand-in-record.bash"
[[ -z $error ]] || fail "$error"
github=$STAND_IN/github
repository=octo-org/telephony

# As gh does, an error's body stands where the answer would be: https://github.com/cli/cli/issues/5209
none() {
  printf '{"message":"Not Found","status":"404"}'
  fail "gh: Not Found (HTTP 404)"
}

if [[ "$1 $2" == "variable set" ]]; then
  [[ "$4 $5" == "--repo $repository" ]] || none
  case "$# ${6-} ${8-}" in
    "7 --body ") folder=$github value=$7 ;;
    "9 --env --body") folder=$github/environments/$7 value=$9 ;;
    *) refuse "$*" ;;
  esac
  [[ -d $folder ]] || none
  [[ -n $value ]] || fail "gh: a variable wants a value (HTTP 422)"
  mkdir -p "$folder/variables" && echo "$value" >"$folder/variables/$3"
  exit
fi

if [[ "$*" == "auth status" ]]; then
  [[ -e $github/login ]] || fail "You are not logged into any GitHub hosts."
  exit
fi
[[ ($1 == api && ${2-} != --method) || "$1 ${2-}" == "api --method" ]] || refuse "$*"
if [[ $2 == --method ]]; then method=$3 path=$4 && shift 4; else method=GET path=$2 && shift 2; fi

# Fields in the order in which they came, and what is to be printed.
fields=() jq='' silent=no
while (($# > 0)); do
  case $1 in
    -f | -F) fields+=("$2") && shift 2 ;;
    --jq) jq=$2 && shift 2 ;;
    --silent) silent=yes && shift ;;
    *) refuse "$method $path with $1" ;;
  esac
done
[[ $method == GET || $silent == yes ]] || refuse "$method $path, whose answer nobody sees"
[[ $method != GET || ${#fields[@]} == 0 ]] || refuse "GET $path with fields"

source "${0%/*}/github-stand-in-environments.bash"

case "$method $path" in
  "GET repos/{owner}/{repo}")
    prints '"\(.full_name) \(.owner.id) \(.id) \(.permissions.admin) \(.private)"'
    [[ -s $github/repository ]] || fail "no git remotes found"
    cat "$github/repository"
    ;;
  "GET repos/$repository/actions/oidc/customization/sub")
    prints '"\(.use_default) \(.sub_claim_prefix // (if .use_immutable_subject then "ids" else "names" end))"'
    cat "$github/subject"
    ;;
  "GET user") prints .login && echo octocat ;;
  "GET users/octocat") prints .id && echo 41 ;;
  "GET users/hubot") prints .id && echo 42 ;;
  "GET orgs/octo-org/teams/on-call") prints .id && echo 88 ;;
  "GET users/"* | "GET orgs/octo-org/teams/"*) prints .id && none ;;
  "GET orgs/octo-org")
    prints .plan.name
    [[ -s $github/plan ]] || none
    cat "$github/plan"
    ;;
  "GET repos/$repository/actions/variables/"*) prints .value && { cat "$github/variables/${path##*/}" 2>/dev/null || none; } ;;
  *" repos/$repository/environments/"*) environments ;;
  *) refuse "$method $path" ;;
esac
