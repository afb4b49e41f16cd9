#!/usr/bin/env bash
# Deploys an overlay and waits until it serves; deploy.sh --help says more. Works with the bash 3.2 of macOS.
set -eu

usage() {
  cat <<'TEXT'
Usage: deploy.sh [--timeout SECONDS] [OVERLAY]

Applies an overlay to the cluster of kubectl's current context, and waits until the Job is done and all pods are ready. The Job runs
each time: it makes what is missing, and changes nothing that is as it has to be.

  OVERLAY            local (the default), staging, production, or the folder of a kustomization of your own
  --timeout SECONDS  how long to wait, 1 to 9999 (default 300)
  --help             show this

The resources are made by ./mvnw package. Exit codes: 1 if it does not serve in time; what is known of why is printed.
2 if the command line is wrong, or a tool or the build is missing.
TEXT
}

unset CDPATH
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=shared.sh
. "$here/shared.sh"

overlay=local
timeout=300
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    --timeout)
      case "${2:-}" in
        [1-9] | [1-9][0-9] | [1-9][0-9][0-9] | [1-9][0-9][0-9][0-9]) timeout=$2 ;;
        *) fail "--timeout takes a number of seconds from 1 to 9999." 2 ;;
      esac
      shift
      ;;
    -*) fail "Unknown: $1. See deploy.sh --help." 2 ;;
    *) overlay=$1 ;;
  esac
  shift
done

# An injected init container that sets up the pod's network needs rights that the restricted standard refuses. Istio's CNI plugin does
# it on the node instead, for ambient mode as well.
check_istio() {
  local injectors plugins
  grep -q '^VirtualService ' "$work/names" && grep -q 'pod-security.kubernetes.io/enforce: restricted' "$resources" || return 0
  # Who may not see them has to know.
  injectors=$(kubectl get mutatingwebhookconfigurations -l app=sidecar-injector -o name 2>/dev/null) || return 0
  plugins=$(kubectl get daemonsets -A -l k8s-app=istio-cni-node -o name 2>/dev/null) || return 0
  [ -n "$injectors" ] && [ -z "$plugins" ] || return 0
  fail "Istio is installed without its CNI plugin: its sidecars would be refused by the restricted Pod Security Standard.
Install Istio with --set components.cni.enabled=true, or in ambient mode; or let the Namespace enforce no standard."
}

# The overlay may have it, with kustomize's hash or made by an operator (ExternalSecret, SealedSecret). Who may not read Secrets is not told
# that there is none.
check_secret() {
  local secret
  secret=$(kubectl create --dry-run=client -f "$resources" -l app.kubernetes.io/name=api \
    -o jsonpath='{.spec.template.spec.volumes[?(@.name=="database")].secret.secretName}')
  [ -n "$secret" ] && ! grep -q -E "^[A-Za-z]*Secret $namespace $secret " "$work/names" || return 0
  kubectl -n "$namespace" get secret "$secret" >/dev/null 2>"$work/error" || ! grep -q NotFound "$work/error" ||
    fail "The Secret $secret is missing in namespace $namespace. secret.example.yml shows what belongs into it; the namespace is in base/namespace.yml."
}

# A Namespace is not everybody's to make and to change: where it is there, the rest goes into it as it is.
check_namespace() {
  [ -n "$(names_of Namespace)" ] || return 0
  ! may_change_namespace || return 0
  echo "The Namespace $namespace is left as it is, because you may not change it."
  without Namespace >"$work/rest.yml"
  resources=$work/rest.yml
}

may_change_namespace() {
  local verb
  for verb in get create patch; do
    kubectl -n "$namespace" auth can-i -q "$verb" "namespaces/$namespace" 2>/dev/null || return 1
  done
}

# Pods that an earlier attempt has left must not be taken for this one's.
remember_pods() {
  kubectl -n "$namespace" get pods -o name >"$work/before"
}

# A Job runs once, and stays for a day. After a setting was changed back, or the Secret was corrected, the one that is to run has the name of
# one that has ended.
remove_ended_job() {
  local name
  for name in $(names_of Job init-job); do
    [ -z "$(state_of Job "$name" 2>/dev/null)" ] || kubectl -n "$namespace" delete job "$name" >/dev/null
  done
}

apply() {
  echo "Deploying ${folder##*/} to namespace $namespace of context $(context)."
  local status=0
  kubectl -n "$namespace" apply -f "$resources" >"$work/applied" 2>"$work/error" || status=$?
  sed -n '/ unchanged$/!s/^/  /p' "$work/applied"
  cat "$work/error" >&2
  [ "$status" = 0 ] || fail "Not all of it could be applied; see above.$(remedy)"
}

# What else there is to say about it.
remedy() {
  echo
  if grep -q 'provided port is already allocated' "$work/error"; then
    echo "Another Service of this cluster has the api's node port: kubectl get services -A shows which. Set another one in an overlay of yours:
patches: [{target: {kind: Service, name: api}, patch: '- {op: replace, path: /spec/ports/0/nodePort, value: 30081}'}]"
  fi
  if grep -q 'forbidden: User' "$work/error"; then
    echo "Whoever may give you rights in namespace $namespace, and make it, finds what to give in docs/guides/kubernetes.md."
  fi
  if grep -q 'field is immutable' "$work/error"; then
    echo "The pods' labels and selectors are others than before: cleanup.sh with the overlay as it was, which keeps the data, and deploy again."
  fi
}

# Prints good, failed, or nothing yet.
state_of() { # KIND NAME
  case "$1" in
    Job)
      kubectl -n "$namespace" get job "$2" -o jsonpath='{.status.conditions[?(@.status=="True")].type}' | awk '
        /Complete/ { print "good"; next }
        /Failed/ { print "failed" }'
      ;;
    *)
      # Ends with an error of its own when the Deployment's progress deadline is over.
      kubectl -n "$namespace" rollout status "$1/$2" --watch=false 2>&1 | awk '
        /successfully rolled out|complete/ { print "good"; exit }
        /exceeded its progress deadline/ { print "failed" }'
      ;;
  esac
}

# A line for each container of the new pods that waits for something or has ended badly: pod, container, reason, exit code.
# shellcheck disable=SC2016
troubles() {
  kubectl -n "$namespace" get pods -l "app.kubernetes.io/part-of=$part_of" -o go-template='
    {{- range .items}}{{$pod := .metadata.name}}{{range .status.containerStatuses}}
      {{- $code := 0}}{{$reason := ""}}
      {{- with .lastState.terminated}}{{$code = .exitCode}}{{$reason = .reason}}{{end}}
      {{- with .state.terminated}}{{$code = .exitCode}}{{$reason = .reason}}{{end}}
      {{- with .state.waiting}}{{$reason = .reason}}{{end}}
      {{- $pod}} {{.name}} {{if $reason}}{{$reason}}{{else}}-{{end}} {{$code}}{{"\n"}}
    {{- end}}{{end}}' | awk -v file="$work/before" '
      BEGIN { while ((getline name < file) > 0) before[name] }
      !("pod/" $1 in before) && $3 !~ /^(-|Completed|ContainerCreating|PodInitializing)$/'
}

# Prints what is new among the troubles, and ends the waiting for what cannot get better: exit code 2 says that a setting is wrong.
watch_troubles() {
  local programs
  troubles >"$work/troubles"
  grep -v -x -F -f "$work/told" "$work/troubles" | awk '{ print "  " $1 ": " $3 ($4 ? " (exit code " $4 ")" : "") }' || true
  cat "$work/troubles" >>"$work/told"
  programs=$(awk '$1 == "Deployment" || $1 == "Job" { print $4 }' "$work/names" | paste -s -d '|' -)
  ! grep -q -E " ($programs) [^ ]+ 2\$" "$work/troubles" || give_up "A setting is wrong."
}

wait_for_all() {
  local started=$SECONDS kind name state
  grep -E '^(Job|Deployment|StatefulSet) ' "$work/names" >"$work/waiting"
  echo >"$work/told"
  while [ -s "$work/waiting" ]; do
    : >"$work/still"
    while read -r kind _ name _; do
      state=$(state_of "$kind" "$name")
      case "$state" in
        good) echo "  $kind $name: $([ "$kind" = Job ] && echo complete || echo ready) ($((SECONDS - started)) s)" ;;
        failed) give_up "$kind $name has failed." ;;
        *) echo "$kind $namespace $name" >>"$work/still" ;;
      esac
    done <"$work/waiting"
    mv "$work/still" "$work/waiting"
    [ -s "$work/waiting" ] || break
    watch_troubles
    [ "$((SECONDS - started))" -lt "$timeout" ] || give_up "Not ready after $timeout s: $(cut -d ' ' -f 1,3 "$work/waiting" | paste -s -d , -)."
    sleep 2
  done
}

# A pod of a Job is ready while it runs, and may wait for something all the same.
# shellcheck disable=SC2016
unready_pods() {
  kubectl -n "$namespace" get pods -l "app.kubernetes.io/part-of=$part_of" -o go-template='
    {{- range .items}}{{$pod := .metadata.name}}{{$job := index .metadata.labels "job-name"}}
      {{- if ne .status.phase "Succeeded"}}{{range .status.containerStatuses}}
        {{- if or (not .ready) $job}}{{$pod}}{{"\n"}}{{end}}
      {{- end}}{{end}}
    {{- end}}'
}

# Says what the cluster and the programs say themselves; neither tells secrets.
give_up() {
  local pod
  unready_pods >"$work/unready"
  {
    echo
    echo "$1"
    echo
    kubectl -n "$namespace" get pods -l "app.kubernetes.io/part-of=$part_of"
    echo
    echo "Warnings of the cluster:"
    kubectl -n "$namespace" get events --field-selector type=Warning --sort-by=.lastTimestamp --no-headers \
      -o custom-columns=KIND:.involvedObject.kind,NAME:.involvedObject.name,REASON:.reason,MESSAGE:.message | awk -v file="$work/unready" '
        BEGIN { while ((getline name < file) > 0) unready[name] }
        $1 != "Pod" || $2 in unready' | tail -n 10
    while read -r pod; do
      echo
      echo "The last lines of pod $pod:"
      kubectl -n "$namespace" logs "$pod" --previous --tail=10 2>/dev/null || kubectl -n "$namespace" logs "$pod" --tail=10 || true
    done <"$work/unready"
  } >&2
  exit 1
}

print_url() {
  local url host='' service
  service=$(names_of Service api)
  if grep -q '^VirtualService ' "$work/names"; then
    host=$(kubectl -n "$namespace" get virtualservice "$(names_of VirtualService api)" -o jsonpath='{.spec.hosts[0]}')
    echo "Sluice serves through Istio's ingress gateway, as ${host/#\*/every host}."
  elif url=$(node_url "$namespace" "$service" http "$namespace"); then
    echo "Sluice serves at $url; the API can be tried at $url/docs."
  else
    echo "Sluice serves. From here: kubectl -n $namespace port-forward service/$service 8080:http"
  fi
}

require kubectl awk curl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find_overlay "$overlay"
render
check_istio
check_secret
check_namespace
remember_pods
remove_ended_job
apply
wait_for_all
print_url
