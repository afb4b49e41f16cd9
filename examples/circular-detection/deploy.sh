#!/usr/bin/env bash
# Deploys the detection of circular objects; deploy.sh --help says more. Works with the bash 3.2 of macOS.
set -eu

usage() {
  cat <<'TEXT'
Usage: deploy.sh [--no-images] [--timeout SECONDS] [OVERLAY]

Builds the images, without Docker, and loads them into the cluster of kubectl's current context, kind's or minikube's; prepares the folder
/tmp/aiq-storage of its node; applies the kustomization, with its namespace and Istio's label; and waits until all of it serves. What is
there already is brought up to date.

  OVERLAY            kserve, or the folder of a kustomization of your own, in place of this one
  --no-images        the cluster has the images that the last build has named: they were pushed to a registry, or loaded before
  --timeout SECONDS  how long to wait, 1 to 9999 (default 300)
  --help             show this

Exit codes: 1 if it was not deployed, or does not serve in time; 2 if the command line is wrong, or a tool or the build is missing.
TEXT
}

unset CDPATH
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source-path=SCRIPTDIR source=../../src/main/kubernetes/shared.sh
. "$root/src/main/kubernetes/shared.sh"

folder=$here
images=yes
timeout=300
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    --no-images) images= ;;
    --timeout)
      timeout=${2:-}
      shift
      ;;
    -*) fail "Unknown: $1. See deploy.sh --help." 2 ;;
    *)
      folder=$1
      [ ! -f "$here/$1/kustomization.yml" ] || folder=$here/$1
      ;;
  esac
  [ $# -eq 0 ] || shift
done

# The folder is one node's. Several take S3, or a volume that is ReadWriteMany; see README.md.
check_node() {
  local nodes
  nodes=$(kubectl get nodes -o name) || fail "The cluster of context $(context) was not reached; see above."
  [ "$(echo "$nodes" | wc -l)" -eq 1 ] || fail "The cluster of context $(context) has several nodes, and the volume is a folder of one. See README.md."
}

load_images() {
  local load archive
  case "$(context)" in
    kind-*)
      require kind
      load="kind load image-archive --name $(context | sed 's/^kind-//')"
      ;;
    minikube)
      require minikube
      load="minikube image load"
      ;;
    *) fail "Context $(context) is neither kind's nor minikube's. Push the images to a registry, as the project's README has it, and deploy with --no-images." 2 ;;
  esac
  echo "Building the images."
  (cd "$root" && ./mvnw -q -B -ntp package -DskipTests -Dimage.build=true) || fail "The build has failed; see above."
  for archive in "$root"/target/images/*.tar; do
    case "$archive" in
      */consumer*) ;;
      *)
        echo "Loading ${archive##*/}."
        $load "$archive"
        ;;
    esac
  done
}

# The kubelet would make the folders for root alone. 1001 is the programs' user, 999 PostgreSQL's.
prepare_storage() {
  echo "Preparing /tmp/aiq-storage on the node."
  # shellcheck disable=SC2016
  "$here/on-node.sh" sh -c 'set -e
    cd /aiq-storage && chmod 755 . && mkdir -p data logs postgresql
    chown 1001:1001 data logs && chmod 750 data logs
    chown 999:999 postgresql && chmod 700 postgresql' || fail "The node's folder could not be prepared; see above."
}

settings() {
  kubectl -n aiq-backend get configmap aiq-config -o jsonpath='{.data}' --ignore-not-found 2>/dev/null || true
}

# Pods read the settings when they start, and nothing else of them changes.
restart_if_changed() { # SETTINGS-BEFORE
  [ -n "$1" ] && [ "$1" != "$(settings)" ] || return 0
  echo "The settings have changed: restarting."
  kubectl -n aiq-backend rollout restart deployment
  kubectl -n aiq-backend rollout status deployment --timeout="${timeout}s"
}

require kubectl
check_node
[ -z "$images" ] || load_images
[ -x "$root/target/kubernetes/deploy.sh" ] || fail "The resources are not built; run ./mvnw package first." 2
prepare_storage
before=$(settings)
"$root/target/kubernetes/deploy.sh" --timeout "$timeout" "$folder"
restart_if_changed "$before"
