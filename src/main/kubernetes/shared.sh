# What deploy.sh, smoke-test.sh and cleanup.sh share. They read it, and set $here, their folder, and $work, one for temporary files.
# shellcheck shell=bash disable=SC2034,SC2154

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

# Writes $resources, the overlay's, and $work/names (kind, namespace, name, label, what it is part of; - for what it has not), and sets
# $namespace and $part_of. All of it comes from the overlay alone: apply would ask the cluster for each resource, also for those that not
# everybody may see.
render() {
  resources=$work/resources.yml
  kubectl kustomize "$folder" >"$resources" || fail "The overlay in $folder cannot be rendered." 2
  kubectl create --dry-run=client -f "$resources" \
    -o jsonpath='{.kind}|{.metadata.namespace}|{.metadata.name}|{.metadata.labels.app\.kubernetes\.io/name}|{.metadata.labels.app\.kubernetes\.io/part-of}{"\n"}' \
    >"$work/listed" || fail "The cluster of context $(context) was not reached, or lacks something that the overlay needs; see above."
  awk -F '|' '{ for (i = 1; i <= NF; i++) $i = $i == "" ? "-" : $i; print }' "$work/listed" >"$work/names"
  namespace=$(awk '$1 == "Deployment" && $4 == "api" { print $2 }' "$work/names")
  part_of=$(awk '$1 == "Deployment" && $4 == "api" { print $5 }' "$work/names")
  [ -n "$namespace" ] || fail "The overlay in $folder has no Deployment api in a namespace." 2
}

# Prints the names of the overlay's resources of a kind, or of the one with this label: namePrefix and nameSuffix leave labels alone.
names_of() { # KIND [LABEL]
  awk -v kind="$1" -v label="${2:-}" '$1 == kind && (label == "" || $4 == label) { print $3 }' "$work/names"
}

# The overlay's resources without those of these kinds.
without() { # KIND|KIND
  awk -v kinds="(^|\n)kind: ($1)\n" '
    function flush() { if (document !~ kinds) printf "%s---\n", document; document = "" }
    /^---$/ { flush(); next }
    { document = document $0 "\n" }
    END { flush() }' "$resources"
}

context() {
  kubectl config current-context 2>/dev/null || echo '(none)'
}

# Prints the URL at which a Service's port can be reached on a node: namespace, Service, port, and the namespace of the pods that answer.
# Others may listen at the same number: another cluster on this machine, or a program.
node_url() {
  local port address scheme stranger=
  port=$(kubectl -n "$1" get service "$2" -o jsonpath="{.spec.ports[?(@.name=='$3')].nodePort}" 2>/dev/null) || return 1
  [ -n "$port" ] || return 1
  for address in $(kubectl get nodes -o jsonpath='{.items[*].status.addresses[?(@.type=="InternalIP")].address}' 2>/dev/null) 127.0.0.1; do
    case "$address" in
      *:*) address="[$address]" ;;
    esac
    for scheme in http https; do
      if is_ours "$scheme://$address:$port" "$4"; then
        echo "$scheme://$address:$port"
        return
      fi
      case "$answered" in
        nobody) break ;;
        somebody) stranger=$address:$port ;;
      esac
    done
  done
  [ -z "$stranger" ] || echo "Who answers at $stranger is none of the pods in namespace $4 of context $(context)." >&2
  return 1
}

# Whether a pod of this namespace answers at a URL; its name is in /health, whatever the certificate says. Sets $answered besides: nobody,
# somebody who does not speak this protocol or is another one, or ours.
is_ours() { # URL NAMESPACE
  local status=0 pod
  answered=nobody
  curl -s -k --noproxy '*' --max-time 3 ${host:+-H "Host: $host"} -o "$work/who" "$1/health" || status=$?
  case "$status" in
    7 | 28) return 1 ;;
  esac
  answered=somebody
  pod=$(sed -n 's/.*"pod-name" *: *"\([^"]*\)".*/\1/p' "$work/who" 2>/dev/null)
  rm -f "$work/who"
  [ -n "$pod" ] && kubectl -n "$2" get pod "$pod" >/dev/null 2>&1 || return 1
  answered=ours
}
