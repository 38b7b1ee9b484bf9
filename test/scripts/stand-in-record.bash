# Sourced by the stand-ins that keep state: writes down how one was called, and fails once where a test wants it.
{ printf '%s\x1f' "${0##*/}" "$@" && printf '\x1e'; } >>"$STAND_IN/calls"
mapfile -d "" -t given </proc/self/environ
printf '%s\n' "${given[@]}" >>"$STAND_IN/environment"

if [[ -e $STAND_IN/fails ]]; then
  pattern=$(<"$STAND_IN/fails")
  # shellcheck disable=SC2053 # a pattern is meant
  if [[ "${0##*/} $*" == $pattern ]]; then
    rm "$STAND_IN/fails"
    echo "ERROR: Not today." >&2
    exit 1
  fi
fi
