#!/usr/bin/env bash
# Removes what deploy.sh has deployed; cleanup.sh --help says more. Works with the bash 3.2 of macOS.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: cleanup.sh [--yes] [--data] [OVERLAY]

Removes an overlay's resources from the cluster of kubectl's current context. Data stays: the volumes of Kafka and PostgreSQL, and
the namespace, which they are in, with the Secrets that are not the overlay's.

  OVERLAY  local (the default), staging, production, or the folder of a kustomization of your own
  --data   remove these too: the whole namespace
  --yes    do not ask
  --help   show this

Exit codes: 1 if it was not done, 2 if the command line is wrong, or a tool or the build is missing.
TEXT
}

unset CDPATH
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=shared.sh
. "$here/shared.sh"

overlay=local
yes=
data=
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    --yes | -y) yes=yes ;;
    --data) data=yes ;;
    -*) fail "Unknown: $1. See cleanup.sh --help." 2 ;;
    *) overlay=$1 ;;
  esac
  shift
done

confirm() {
  local answer what
  what="Remove Sluice from namespace $namespace of context $(context)"
  [ -z "$data" ] || what="$what, with the namespace and ALL DATA in it"
  [ -z "$yes" ] || return 0
  [ -t 0 ] || fail "$what? Say so with --yes." 2
  read -r -p "$what? [y/N] " answer
  case "$answer" in
    [yY] | [yY][eE][sS]) ;;
    *) fail "Nothing was removed." ;;
  esac
}

# The overlay's resources without its Namespace.
without_namespace() {
  awk '
    function flush() { if (document !~ /(^|\n)kind: Namespace\n/) printf "%s---\n", document; document = "" }
    /^---$/ { flush(); next }
    { document = document $0 "\n" }
    END { flush() }' "$resources"
}

# Jobs and ConfigMaps of earlier settings have other names than the overlay's now. What a release of the chart has made has its label.
selector='app.kubernetes.io/part-of=sluice,!app.kubernetes.io/instance'

remove() {
  without_namespace | kubectl -n "$namespace" delete --ignore-not-found -f - | sed 's/^/  /'
  kubectl -n "$namespace" delete jobs,configmaps -l "$selector" --ignore-not-found | sed '/^No resources found/d; s/^/  /'
  kubectl -n "$namespace" wait --for=delete pods -l "$selector" --timeout=120s >/dev/null
}

remove_data() {
  kubectl delete namespace "$namespace" --ignore-not-found | sed 's/^/  /'
}

tell_what_is_kept() {
  local kept
  kept=$(kubectl -n "$namespace" get persistentvolumeclaims,secrets -o name --ignore-not-found | sed 's,.*/,,' | paste -s -d ' ' -)
  echo "Kept: namespace $namespace${kept:+, with $kept}. cleanup.sh --data removes these too."
}

require kubectl awk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find_overlay "$overlay"
render
confirm
kubectl get namespace "$namespace" >/dev/null || fail "Nothing is deployed there."
remove
if [ -n "$data" ]; then
  remove_data
else
  tell_what_is_kept
fi
