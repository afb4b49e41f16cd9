#!/usr/bin/env bash
# Deploys the health-care chatbot; deploy-all.sh --help says more. Works with the bash 3.2 of macOS.
set -eu

usage() {
  cat <<'TEXT'
Usage: deploy-all.sh [--no-images] [--timeout SECONDS] [OVERLAY]

Builds the images, without Docker, and loads them into the cluster of kubectl's current context, kind's or minikube's; makes the Secret
sluice with passwords of its own, if it is not there; applies the kustomization, with its namespace; and waits until all of it serves, each
of the two programs with two pods. What is there already is brought up to date.

  OVERLAY            the folder of a kustomization of your own, in place of this one
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

namespace=general-chatbot-app
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
    -*) fail "Unknown: $1. See deploy-all.sh --help." 2 ;;
    *) folder=$1 ;;
  esac
  [ $# -eq 0 ] || shift
done

# A volume that is ReadWriteOnce is one node's.
check_node() {
  local nodes
  nodes=$(kubectl get nodes -o name) || fail "The cluster of context $(context) was not reached; see above."
  [ "$(echo "$nodes" | wc -l)" -eq 1 ] || kubectl kustomize "$folder" | grep -q -E 'ReadWriteMany|STORAGE_URL: s3:' ||
    fail "The cluster of context $(context) has several nodes, and the documents are on a volume of one. See README.md."
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
    echo "Loading ${archive##*/}."
    $load "$archive"
  done
}

# PostgreSQL takes its password when its volume is empty, so what the Secret has stays as it is. Nothing secret is an argument.
make_secret() {
  kubectl apply --kustomize "$folder" --selector '!app.kubernetes.io/part-of'
  [ -n "$(kubectl -n "$namespace" get secret sluice -o name --ignore-not-found)" ] || create_secret
  [ -n "$(kubectl -n "$namespace" get secret sluice -o jsonpath='{.data.REDIS_PASSWORD}')" ] || add_password_of_redis
}

create_secret() {
  local password
  echo "Making the Secret sluice: passwords of the database, of tokens, and between the two programs."
  password=$(openssl rand -hex 24)
  kubectl -n "$namespace" create secret generic sluice --from-env-file=/dev/stdin <<SECRET
POSTGRES_PASSWORD=$password
DATABASE_URL=postgresql://sluice:$password@postgresql:5432/sluice
AUTH_SECRET=$(openssl rand -base64 32)
WORKER_TOKEN=$(openssl rand -base64 32)
SECRET
}

# Of a Secret that is older than Redis here, too.
add_password_of_redis() {
  local password
  password=$(openssl rand -hex 24)
  kubectl -n "$namespace" patch secret sluice --patch-file /dev/stdin <<PATCH
stringData: {REDIS_PASSWORD: $password, REDIS_URL: "redis://:$password@redis:6379"}
PATCH
}

settings() {
  kubectl -n "$namespace" get configmap backend-orchestrator-config rag-service-config -o jsonpath='{.items[*].data}' 2>/dev/null || true
}

# Pods read the settings when they start, and nothing else of them changes.
restart_if_changed() { # SETTINGS-BEFORE
  [ -n "$1" ] && [ "$1" != "$(settings)" ] || return 0
  echo "The settings have changed: restarting."
  kubectl -n "$namespace" rollout restart deployment
  kubectl -n "$namespace" rollout status deployment --timeout="${timeout}s"
}

# At first there is one pod of each, to which its autoscaler adds another.
await_two() {
  local program available started=$SECONDS
  for program in backend-orchestrator rag-service; do
    until available=$(kubectl -n "$namespace" get deployment "$program" -o jsonpath='{.status.availableReplicas}') && [ "${available:-0}" -ge 2 ]; do
      [ "$((SECONDS - started))" -lt "$timeout" ] || fail "$program has no two pods that serve after $timeout s: kubectl -n $namespace describe hpa,pods"
      sleep 2
    done
    echo "  $program: $available pods"
  done
}

require kubectl openssl
check_node
[ -z "$images" ] || load_images
[ -x "$root/target/kubernetes/deploy.sh" ] || fail "The resources are not built; run ./mvnw package first." 2
make_secret
before=$(settings)
"$root/target/kubernetes/deploy.sh" --timeout "$timeout" "$folder"
restart_if_changed "$before"
await_two
