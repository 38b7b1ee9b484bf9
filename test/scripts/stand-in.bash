#!/usr/bin/env bash
# Stand-in for the programs that would reach Azure, GitHub and npm. Records each call and the file
# that --file names, and answers from $STAND_IN/answers.
{ printf '%s\x1f' "${0##*/}" "$@" && printf '\x1e'; } >>"$STAND_IN/calls"
mapfile -d "" -t given </proc/self/environ
printf '%s\n' "${given[@]}" >>"$STAND_IN/environment"

while (($# > 0)); do
  if [[ $1 == --file ]]; then
    cp "$2" "$STAND_IN/file"
    { stat -c %a "$2" && umask; } >"$STAND_IN/file-facts"
  fi
  call="${call-} $1"
  shift
done

while IFS=$'\x1f' read -r pattern failures error answer; do
  failed=$STAND_IN/failed-$((++line))
  # shellcheck disable=SC2053 # a pattern is meant
  [[ "${0##*/}${call-}" == $pattern ]] || continue
  echo >>"$failed"
  if (($(wc -l <"$failed") <= failures)); then
    printf '%b' "$error" >&2
    exit 1
  fi
  printf '%b' "$answer"
  exit
done <"$STAND_IN/answers"
