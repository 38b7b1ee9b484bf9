# Sourced by the stand-in for gh: environments with rules, branches and variables.
# https://docs.github.com/rest/deployments/environments, .../branch-policies, https://docs.github.com/rest/actions/variables
# shellcheck disable=SC2034,SC2154 # the parts of a stand-in set variables for each other

prints() { [[ $jq == "$1" ]] || refuse "$method $path with --jq $jq"; }

environments() {
  local rest=${path#repos/"$repository"/environments/}
  local environment=$github/environments/${rest%%/*}
  [[ $method == PUT || -d $environment ]] || none
  case "$method ${rest#"${rest%%/*}"}" in
    "GET ")
      prints "$rules"
      echo "$(<"$environment/branches-by-name") $(cut -d ' ' -f 1 "$environment/reviewers" | sort | paste -sd, -)"
      ;;
    "PUT ") put_rules ;;
    "GET /deployment-branch-policies") 
      prints '.branch_policies[].name'
      cat "$environment/branches" 2>/dev/null || true
      ;;
    "POST /deployment-branch-policies")
      # "custom_branch_policies must be set to true to use these endpoints"
      [[ $(<"$environment/branches-by-name") == true ]] || none
      [[ ${#fields[@]} == 1 && ${fields[0]} == name=?* ]] || refuse "$path with ${fields[*]}"
      echo "${fields[0]#name=}" >>"$environment/branches"
      ;;
    "GET /variables?per_page=30")
      prints '.variables[] | "\(.name)=\(.value)"'
      cd "$environment/variables" 2>/dev/null || return 0
      for name in *; do echo "$name=$(<"$name")"; done
      ;;
    *) refuse "$method $path" ;;
  esac
}

rules='"\(.deployment_branch_policy.custom_branch_policies == true) \([.protection_rules[]? |
    .reviewers[]?.reviewer | .login // "octo-org/\(.slug)"] | sort | join(","))"'

# What is left out is taken away. Of the two kinds of branches exactly one may be true: "protected_branches and custom_branch_policies
# cannot have the same value". People and teams are named by number.
put_rules() {
  local field type='' self=allowed kinds='' people=''
  for field in "${fields[@]}"; do
    case $field in
      "deployment_branch_policy[protected_branches]"=* | "deployment_branch_policy[custom_branch_policies]"=*)
        kinds+="${field#*[} "
        ;;
      "reviewers[][type]=User" | "reviewers[][type]=Team") type=${field#*=} ;;
      "reviewers[][id]"=*)
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
  case $kinds in
    "" | "protected_branches]=false custom_branch_policies]=true " | "protected_branches]=true custom_branch_policies]=false ") ;;
    *) fail "gh: protected_branches and custom_branch_policies cannot have the same value (HTTP 422)" ;;
  esac
  mkdir -p "$environment"
  if [[ $kinds == *custom_branch_policies]=true* ]]; then echo true; else echo false; fi >"$environment/branches-by-name"
  printf %s "$people" >"$environment/reviewers"
  echo "$self" >"$environment/self-review"
}
