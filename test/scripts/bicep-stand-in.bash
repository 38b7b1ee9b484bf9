#!/usr/bin/env bash
# Stands in for Bicep's snapshot command: a snapshot that is another one for other parameters.
printf '{ "outputs": { "parameters": "%s" } }\n' "$(cksum <"$2")" >"${2%.bicepparam}.snapshot.json"
