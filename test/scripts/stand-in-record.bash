# Sourced by the stand-ins for setup. Records each call, and sets `error` for the one call that a
# test wants to fail.
{ printf '%s\x1f' "${0##*/}" "$@" && printf '\x1e'; } >>"$STAND_IN/calls"
mapfile -d "" -t given_environment </proc/self/environ
printf '%s\n' "${given_environment[@]}" >>"$STAND_IN/environment"

# The first line of the file `fails` is a pattern for the call that fails. The other lines are what
# this call prints.
error=''
if [[ -e $STAND_IN/fails ]]; then
  { IFS= read -r pattern && error=$(cat); } <"$STAND_IN/fails"
  # shellcheck disable=SC2053 # a pattern is meant
  if [[ "${0##*/} $*" == $pattern ]]; then
    rm "$STAND_IN/fails"
    error=${error:-ERROR: Not today.}
  else
    error=''
  fi
fi

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

# Also writes the refusal into a file, because a script may hide a command's error.
refuse() {
  echo "The stand-in for ${0##*/} refuses $1" | tee -a "$STAND_IN/refused" >&2
  exit 2
}
