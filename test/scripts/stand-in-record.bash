# Sourced by the stand-ins that keep state. Records calls, and fails once if a test asks for it.
{ printf '%s\x1f' "${0##*/}" "$@" && printf '\x1e'; } >>"$STAND_IN/calls"
mapfile -d "" -t given_environment </proc/self/environ
printf '%s\n' "${given_environment[@]}" >>"$STAND_IN/environment"

# The first line of the file is a pattern for the call, the others are what the program then prints.
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

# Writes the refusal into a file too, because a script may not show a command's error.
refuse() {
  echo "The stand-in for ${0##*/} refuses $1" | tee -a "$STAND_IN/refused" >&2
  exit 2
}
