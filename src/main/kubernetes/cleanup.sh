#!/usr/bin/env bash
# Removes what deploy.sh has deployed; cleanup.sh --help says more. Works with the bash 3.2 of macOS.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: cleanup.sh [--yes] [--data] [OVERLAY]

Removes an overlay's resources from the cluster of kubectl's current context. Data stays: the volumes, and the namespace,
which they are in, with the Secrets that are not the overlay's.

  OVERLAY  local (the default), staging, production, or the folder of a kustomization of your own
  --data   remove these too: the whole namespace, where the overlay has it and you may; else what is the overlay's in it
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
  [ -z "$data" ] || what="$what, with ALL DATA$(! owns_namespace || echo ", and the namespace with all that is in it")"
  [ -z "$yes" ] || return 0
  [ -t 0 ] || fail "$what? Say so with --yes." 2
  read -r -p "$what? [y/N] " answer
  case "$answer" in
    [yY] | [yY][eE][sS]) ;;
    *) fail "Nothing was removed." ;;
  esac
}

# A Namespace that is not the overlay's, or that somebody else takes care of, may have more in it than Sluice.
owns_namespace() {
  [ -n "$(names_of Namespace)" ] && kubectl -n "$namespace" auth can-i -q delete "namespaces/$namespace" 2>/dev/null
}

# Prints those of this kind that the cluster has, and whose names are one of the overlay's and something behind it.
those_like() { # KIND SUFFIX NAME...
  local kind=$1 suffix=$2 pattern
  shift 2
  [ $# -gt 0 ] || return 0
  pattern=$(echo "$*" | tr ' ' '|')
  kubectl -n "$namespace" get "$kind" -o name | sed 's,.*/,,' | grep -E "^($pattern)$suffix\$" | sed "s,^,$kind/," || true
}

# Jobs and ConfigMaps of earlier settings have other hashes than the overlay's now. Not by their label: another Sluice may be beside it.
earlier() {
  local kind
  for kind in Job ConfigMap; do
    # shellcheck disable=SC2046
    those_like "$kind" '-[a-z0-9]{10}' $(names_of "$kind" | sed -n 's/-[a-z0-9]\{10\}$//p')
  done
}

# Waits until the pods are gone, too.
delete() {
  kubectl -n "$namespace" delete --ignore-not-found --cascade=foreground --timeout=120s "$@" | sed 's/^/  /'
}

remove() {
  local earlier
  without 'Namespace|PersistentVolumeClaim' | delete -f -
  earlier=$(earlier)
  # shellcheck disable=SC2086
  [ -z "$earlier" ] || delete $earlier
}

remove_data() {
  local claims
  if owns_namespace; then
    kubectl delete namespace "$namespace" --ignore-not-found | sed 's/^/  /'
    return
  fi
  # shellcheck disable=SC2046
  claims="$(those_like persistentvolumeclaims '-[0-9]+' $(names_of StatefulSet | sed 's/^/data-/'))
$(names_of PersistentVolumeClaim | sed 's,^,persistentvolumeclaims/,')"
  # shellcheck disable=SC2086
  [ -z "${claims//[[:space:]]/}" ] || delete $claims
  echo "Kept: namespace $namespace, with what is not the overlay's."
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
# Who may not see it has to know.
kubectl get namespace "$namespace" >/dev/null 2>"$work/error" || ! grep NotFound "$work/error" >&2 || fail "Nothing is deployed there."
remove
if [ -n "$data" ]; then
  remove_data
else
  tell_what_is_kept
fi
