# Sourced by setup.sh: how a question is asked, and what judges its answer.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

guid='[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
mail="[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"

# Variable, question, what Enter keeps, and a command that judges what is typed: it fails and says
# what that should be. A minus empties what may be empty.
ask() {
  local variable=$1 question=$2 offered=$3 shown reply
  shift 3
  # What is offered comes from a file, from Azure or from GitHub.
  shown=$(printable_lines <<<"$offered")
  while true; do
    printf '%s%s: ' "$question" "${shown:+ [$shown]}"
    IFS= read -r reply || stop "That question got no answer. Nothing was changed."
    [[ -n $reply || -z $offered ]] || { reply=$offered && break; }
    [[ $reply != - ]] || reply=''
    ! "$@" "$reply" || break
  done
  printf -v "$variable" %s "$reply"
}

# By the program's own schema: what it refuses would answer every hook with 503.
is_setting() {
  ! is_example "$2" || return
  node scripts/run.js tools/check-environment/check-setting.ts "$1" "$2"
}

# None would open every country to toll fraud, and a guess would keep people out.
are_countries() {
  [[ -n $1 ]] || { echo "That has to be a list of countries, such as BR,PT." && return 1; }
  is_setting PHONE_POLICY_ALLOWED_COUNTRIES "$1"
}

is_example() {
  [[ $1 =~ $example ]] && echo "That is an example: it has to be yours."
}

# Numbers and webhooks that the file has are its own: setup changes mail addresses alone there.
are_receivers() {
  local said more='(^|,) *(\+|https:)'
  ! is_example "$1" || return
  if [[ $1 =~ $more ]] && grep -Eq '^param pageReceivers = .*(sms|webhooks): ' "$main"; then
    echo "There are numbers or webhooks in $main already: change them there, and type mail addresses alone." && return 1
  fi
  said=$(node scripts/run.js tools/check-environment/check-receivers.ts "$1") || { echo "$said" && return 1; }
  [[ ! $1 =~ $more ]] || receivers=$said
}

looks_like() {
  ! is_example "$3" || return
  [[ $3 =~ ^$1$ ]] || { echo "That has to be $2." && return 1; }
}

is_readable() {
  [[ -r $1 ]] || { echo "That file cannot be read." && return 1; }
}

# An id of nobody would be waited for in the deployment, as if it were merely new. Who may not read
# Entra ID is believed.
is_group() {
  local said
  looks_like "($guid)?" "an object id, or empty" "$1" || return
  [[ -n $1 ]] || return 0
  said=$(az ad group show --group "$1" --query displayName --output tsv 2>&1) || {
    [[ $said != *"does not exist"* ]] || { echo "Entra ID knows no such group." && return 1; }
  }
}

are_reviewers() {
  local reviewer='([A-Za-z0-9-]+/)?[A-Za-z0-9_-]+' name
  looks_like "$reviewer(,$reviewer)*" "users, or teams such as $repository_owner/on-call, with commas between" "$1" || return
  for name in ${1//,/ }; do
    reviewer_id "$name" >/dev/null 2>&1 || { echo "GitHub knows no $name." && return 1; }
  done
}

# Unseen, and checked as seed-secrets.sh checks it.
ask_secret() {
  local variable=$1 question=$2 shortest=$3 reply
  shift 3
  while true; do
    printf '%s (unseen): ' "$question"
    IFS= read -rs reply || stop "That question got no answer."
    echo
    if [[ ! $reply =~ ^[[:graph:]]+$ || ${#reply} -lt $shortest ]]; then
      echo "That has to be $shortest characters or more, without spaces."
    else
      ! "$@" "$reply" || break
    fi
  done
  printf -v "$variable" %s "$reply"
}

# Only yes is yes: Enter alone never changes anything.
says_yes() {
  local reply=''
  while true; do
    printf '%s [y/N] ' "$(printable_lines <<<"$1")"
    IFS= read -r reply || return
    case $reply in
      [Yy] | [Yy][Ee][Ss]) return ;;
      '' | [Nn] | [Nn][Oo]) return 1 ;;
    esac
  done
}
