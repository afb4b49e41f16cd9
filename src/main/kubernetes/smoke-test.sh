#!/usr/bin/env bash
# Asks a running Sluice whether it works; smoke-test.sh --help says more. Works with the bash 3.2 of macOS.
set -eu

usage() {
  cat <<'TEXT'
Usage: smoke-test.sh [--namespace NAME] [--service NAME] [--istio] [--ca FILE] [--host NAME] [URL]

Looks at /health, /docs and /openapi, posts an event and reads it back.

  URL               where Sluice is. Without it: the node port of the api's Service, else kubectl port-forward
  --namespace NAME  where that Service is (default sluice)
  --service NAME    which it is, where there are several
  --istio           go through Istio's ingress gateway, as the host that the VirtualService names
  --ca FILE         who may have signed the server's certificate, as PEM, in place of the authorities that curl knows
  --host NAME       for whom that certificate is, where the URL is found here (default SERVICE.NAMESPACE.svc)
  --help            show this

SLUICE_TOKEN is a bearer token with the scopes messages:read and messages:write, where the api asks for one.
Exit codes: 1 if anything is not as it should be, 2 if the command line is wrong or a tool is missing.
TEXT
}

unset CDPATH
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=shared.sh
. "$here/shared.sh"

namespace=sluice
service=
istio=
ca=
name=
host=
url=
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    --namespace | -n)
      [ -n "${2:-}" ] || fail "$1 takes a namespace." 2
      namespace=$2
      shift
      ;;
    --service)
      [ -n "${2:-}" ] || fail "$1 takes the name of a Service." 2
      service=$2
      shift
      ;;
    --istio) istio=yes ;;
    --ca)
      [ -f "${2:-}" ] || fail "$1 takes a file with certificates in PEM." 2
      ca=$2
      shift
      ;;
    --host)
      [ -n "${2:-}" ] || fail "$1 takes a host name." 2
      name=$2
      shift
      ;;
    http://* | https://*) url=${1%/} ;;
    *) fail "Unknown: $1. See smoke-test.sh --help." 2 ;;
  esac
  shift
done

stop() {
  [ -z "$forward" ] || kill "$forward" 2>/dev/null || true
  rm -rf "$work"
}

# Sets $service: by its labels, because namePrefix and the chart give it other names.
find_service() {
  local found
  found=$(kubectl -n "$namespace" get services -l 'app.kubernetes.io/name=api,app.kubernetes.io/part-of=sluice' \
    -o jsonpath='{range .items[*]}{.metadata.name}{"\n"}{end}') || fail "The Services in namespace $namespace of context $(context) were not shown; see above."
  case "$found" in
    '') fail "There is no Service of the api in namespace $namespace of context $(context)." ;;
    *[[:space:]]*) fail "There are several of them in namespace $namespace: choose one with --service." 2 ;;
    *) service=$found ;;
  esac
}

# Sets $url: namespace, Service, port.
find_url() {
  url=$(node_url "$@" "$namespace") || forward_port "$@"
}

forward_port() {
  local tries=0 address
  kubectl -n "$1" port-forward "service/$2" ":$3" >"$work/forward" 2>&1 &
  forward=$!
  until address=$(sed -n 's,^Forwarding from \(127[^ ]*\) .*,\1,p' "$work/forward") && [ -n "$address" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 50 ] || ! kill -0 "$forward" 2>/dev/null; then
      cat "$work/forward" >&2
      fail "The Service $2 cannot be reached, neither at a node port nor by kubectl port-forward."
    fi
    sleep 0.2
  done
  url=http://$address
  ! is_ours "https://$address" "$namespace" || url=https://$address
}

# Sets $url, and the host by which the gateway knows us.
find_gateway() {
  host=$(kubectl -n "$namespace" get virtualservices -l app.kubernetes.io/name=api -o jsonpath='{.items[0].spec.hosts[0]}') ||
    fail "There is no VirtualService of the api in namespace $namespace."
  case "$host" in
    \**) host= ;;
    *) echo "Host: $host" >>"$work/headers" ;;
  esac
  find_url istio-system istio-ingressgateway http2
}

# A certificate is for a name, and not for the address that was found: connects to the one under the other.
name_server() {
  local address=${url#https://}
  case "$url" in
    https://*)
      name=${name:-$service.$namespace.svc}
      url=https://$name:${address##*:}
      echo "connect-to = \"$name:${address##*:}:$address\"" >>"$work/options"
      ;;
  esac
}

# Sets $status and writes $work/body. What curl does not manage has the status 000.
ask() { # PATH [OPTION...]
  local path=$1
  shift
  : >"$work/body"
  status=$(curl -sS --noproxy '*' --max-time 20 -K "$work/options" ${ca:+--cacert "$ca"} -o "$work/body" -w '%{http_code}' \
    -H "@$work/headers" "$@" "$url$path" 2>"$work/error") || true
}

# As often as the answer is that nobody can serve yet, as just after a restart, for half a minute.
ask_again() { # PATH [OPTION...]
  local deadline=$((SECONDS + 30))
  ask "$@"
  while [ "$SECONDS" -lt "$deadline" ] && ! certificate_is_refused; do
    case "$status" in
      000 | 503) sleep 1 ;;
      *) return 0 ;;
    esac
    ask "$@"
  done
}

certificate_is_refused() {
  grep -q '^curl: (60)' "$work/error"
}

expect() { # STATUS WHAT
  [ "$status" = "$1" ] || wrong "$2" "answered $status in place of $1"
}

wrong() { # WHAT HOW
  echo "  no  $1 $2" >&2
  [ ! -s "$work/body" ] || head -c 1000 "$work/body" >&2
  echo >&2
  case "$status" in
    000)
      echo "Nobody answers at $url: $(head -n 1 "$work/error")" >&2
      ! certificate_is_refused ||
        echo "Give the authority that has signed the certificate with --ca, and with --host a name that the certificate is for." >&2
      ;;
    401 | 403) echo "The api asks who calls: set SLUICE_TOKEN to a token with the scopes messages:read and messages:write." >&2 ;;
  esac
  exit 1
}

require curl
work=$(mktemp -d)
forward=
trap stop EXIT
: >"$work/headers"
: >"$work/body"
: >"$work/options"
# Not on a command line, where everybody on this machine could read it.
[ -z "${SLUICE_TOKEN:-}" ] || echo "Authorization: Bearer $SLUICE_TOKEN" >>"$work/headers"
if [ -z "$url" ]; then
  require kubectl
  if [ -n "$istio" ]; then
    find_gateway
  else
    [ -n "$service" ] || find_service
    find_url "$namespace" "$service" http
    name_server
  fi
fi
echo "Testing $url"

ask_again /health
expect 200 GET\ /health
echo "  ok  healthy"

ask /docs/
expect 200 GET\ /docs/
ask /openapi
expect 200 GET\ /openapi
grep -q '/api/v1/messages' "$work/body" || wrong GET\ /openapi "does not describe /api/v1/messages"
echo "  ok  documentation"

key=smoke-test-$(date +%s)-$$-$RANDOM
payload="{\"smoke test\": \"$key\", \"total\": 99.50}"
ask_again /api/v1/messages -H 'Content-Type: application/json' -H "Idempotency-Key: $key" \
  -d "{\"type\":\"smoke-test\",\"key\":\"$key\",\"payload\":$payload}"
expect 202 POST\ /api/v1/messages
id=$(sed -n 's/.*"id":"\([^"]*\)".*/\1/p' "$work/body")
echo "  ok  event $id is accepted"

ask "/api/v1/messages/$id" -H 'Prefer: wait=10'
expect 200 "GET /api/v1/messages/$id"
grep -q -F "\"payload\":$payload" "$work/body" || wrong "GET /api/v1/messages/$id" "does not hold what was posted"
echo "  ok  event $id is stored as it was sent"
