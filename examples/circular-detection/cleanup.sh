#!/usr/bin/env bash
# Removes what deploy.sh has deployed; cleanup.sh --help says more. Works with the bash 3.2 of macOS.
set -eu

usage() {
  cat <<'TEXT'
Usage: cleanup.sh [--yes] [--data]

Removes all resources, with the namespace aiq-backend, from the cluster of kubectl's current context. Images, results and logs stay in the
folder /tmp/aiq-storage of the node: the next deploy.sh goes on with them.

  --data   empty the folder, too
  --yes    do not ask
  --help   show this

At a terminal both are asked. Exit codes: 1 if it was not done, 2 if the command line is wrong or a tool is missing.
TEXT
}

unset CDPATH
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../src/main/kubernetes/shared.sh
. "$here/../../src/main/kubernetes/shared.sh"

yes=
data=
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    --yes | -y) yes=yes ;;
    --data) data=yes ;;
    *) fail "Unknown: $1. See cleanup.sh --help." 2 ;;
  esac
  shift
done

agrees() { # QUESTION
  local answer
  read -r -p "$1 [y/N] " answer
  case "$answer" in
    [yY] | [yY][eE][sS]) return 0 ;;
    *) return 1 ;;
  esac
}

confirm() {
  local what
  what="Remove namespace aiq-backend, with all that is in it, from context $(context)?"
  [ -z "$yes" ] || return 0
  [ -t 0 ] || fail "$what Say so with --yes." 2
  agrees "$what" || fail "Nothing was removed."
  [ -z "$data" ] || return 0
  ! agrees "Delete ALL IMAGES, RESULTS AND LOGS in the node's /tmp/aiq-storage, too?" || data=yes
}

require kubectl
confirm
kubectl delete -k "$here" --ignore-not-found --timeout=180s
if [ -n "$data" ]; then
  "$here/on-node.sh" find /aiq-storage -mindepth 1 -delete
  echo "The node's folder /tmp/aiq-storage is empty."
else
  echo "Kept: the node's folder /tmp/aiq-storage, with images, results and logs. cleanup.sh --data empties it."
fi
