# What deploy.sh, smoke-test.sh and cleanup.sh share. They read it, and set $here, their folder, and $work, one for temporary files.
# shellcheck shell=bash disable=SC2154

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

require() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null 2>&1 || fail "$tool is missing; install it and put it on the PATH." 2
  done
}

# Sets $folder of an overlay, given by its name or as a folder. Those in the source tree lack what the build generates.
find_overlay() {
  local built=$here
  [ -f "$built/base/api.yml" ] || built=$here/../../../target/kubernetes
  if [ -f "$1/kustomization.yml" ] || [ -f "$1/kustomization.yaml" ]; then
    folder=$1
    return
  fi
  [ -f "$built/base/api.yml" ] || fail "The resources are not built; run ./mvnw package first." 2
  folder=$built/overlays/$1
  [ -d "$folder" ] || fail "There is no overlay $1, but these: $(cd "$built/overlays" && echo *)." 2
}

# Writes $resources, the overlay's, and sets $namespace. Both come from the overlay alone.
render() {
  resources=$work/resources.yml
  kubectl kustomize "$folder" >"$resources" || fail "The overlay in $folder cannot be rendered." 2
  kubectl apply --dry-run=client -f "$resources" -o jsonpath='{range .items[*]}{.kind} {.metadata.namespace} {.metadata.name}{"\n"}{end}' \
    >"$work/names" || fail "The cluster of context $(context) was not reached, or lacks something that the overlay needs; see above."
  namespace=$(awk '$1 == "Deployment" && $3 == "api" { print $2 }' "$work/names")
  [ -n "$namespace" ] || fail "The overlay in $folder has no Deployment api in a namespace." 2
}

context() {
  kubectl config current-context 2>/dev/null || echo '(none)'
}

# Prints the URL at which a Service's port can be reached on a node: namespace, Service, port.
node_url() {
  local port address
  port=$(kubectl -n "$1" get service "$2" -o jsonpath="{.spec.ports[?(@.name=='$3')].nodePort}" 2>/dev/null) || return 1
  [ -n "$port" ] || return 1
  for address in $(kubectl get nodes -o jsonpath='{.items[*].status.addresses[?(@.type=="InternalIP")].address}' 2>/dev/null) 127.0.0.1; do
    case "$address" in
      *:*) address="[$address]" ;;
    esac
    if curl -s -o /dev/null --noproxy '*' --max-time 2 "http://$address:$port/"; then
      echo "http://$address:$port"
      return
    fi
  done
  return 1
}
