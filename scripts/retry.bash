# Sourced: calls az again while its error is one that passes by itself, six times in about five
# minutes.

source "${BASH_SOURCE[0]%/*}/advice.bash"

# Azure has done nothing: too many calls, or a role or an identity that is not yet known everywhere.
refused='TooManyRequests|Too Many Requests|status code:? 4(03|29)|not indicate success: 403'
refused+='|Caller is not authorized|PrincipalNotFound|RoleDefinitionDoesNotExist'
# Azure may have done it, or is still at it.
unclear='Service ?Unavailable|Bad ?Gateway|Gateway ?Time-?out|status code:? 50[234]|DeploymentActive|ongoing deployment|Connection (aborted|reset)'
# Azure is still at a resource that another one needs.
# https://github.com/Azure/bicep-ptn-aiml-landing-zone/issues/41, https://github.com/microsoft/aspire/issues/3854
unclear+='|RetryableError|ReferencedResourceNotProvisioned|AnotherOperationInProgress|Could not retrieve the Log Analytics workspace'

# For what may be done twice.
retry() {
  call "$refused|$unclear" "$@"
}

# For what may be done once only.
retry_refused() {
  call "$refused" "$@"
}

call() {
  local passing=$1 pause error status
  shift
  # Setup has looked at its person's roles, so to them it stays.
  [[ ${ROLES_ARE_NEW-} == no ]] || passing+='|Authorization ?failed'
  for pause in 10 20 40 80 160 none; do
    status=0
    { error=$(attempt "$@" 4>&1 | show) || status=$?; } 3>&1
    ((status != 0)) || return 0
    ! advice_for "$error" >&2 || return "$status"
    grep -Eiq "$passing" <<<"$error" || return "$status"
    [[ $pause != none ]] || break
    echo "That error often passes: trying again in $pause s." >&2
    sleep "$pause"
  done
  echo "It did not pass in five minutes. If a role is new, wait ten more and run $0 again; if it is not, check the role or id" \
    "that the error names, and https://azure.status.microsoft." >&2
  return "$status"
}

# The output of a failed try is dropped, whole or in part.
attempt() {
  local printed
  printed=$("$@" 2>&4) || return
  [[ -z $printed ]] || printable_lines <<<"$printed" >&3
}

# Passes on what az says while it says it.
show() {
  local line
  printable_lines | while IFS= read -r line; do
    printf '%s\n' "$line" >&2
    printf '%s\n' "$line"
  done
}

# Each line once it is there. Most are plain, and need no Node.
printable_lines() {
  local line LC_ALL=C
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line != *[!$'\t'\ -~]* && $line != *"##"* && $line != *::* ]] || line=$(printable <<<"$line")
    printf '%s\n' "$line"
  done
}

# Names, tags and errors in what az says are anybody's, and a terminal or a pipeline's log obeys
# some letters. A machine of somebody's own may have no Node, or an older one: then plain letters
# are left.
printable() {
  node "${BASH_SOURCE[0]%/*}/print-line.ts" 2>/dev/null ||
    LC_ALL=C tr -cd '\11\12\40-\176' | sed -e 's/##/# #/g' -e 's/^\([[:blank:]]*\)::/\1: :/'
}
