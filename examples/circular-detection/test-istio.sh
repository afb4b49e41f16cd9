#!/usr/bin/env bash
# Tries the deployment through Istio's ingress gateway; test-istio.sh --help says more. Works with the bash 3.2 of macOS.
set -eu

usage() {
  cat <<'TEXT'
Usage: test-istio.sh [--port NUMBER] [--once]

Forwards a port of this machine to Istio's ingress gateway, asks for health and documentation, lists the endpoints, and leaves the port
open until Ctrl-C.

  --port NUMBER  which port (default 8080)
  --once         end after the tests
  --help         show this

Exit codes: 1 if anything is not as it should be, 2 if the command line is wrong or a tool is missing.
TEXT
}

unset CDPATH
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../src/main/kubernetes/shared.sh
. "$here/../../src/main/kubernetes/shared.sh"

port=8080
once=
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    --port)
      case "${2:-}" in
        '' | *[!0-9]*) fail "--port takes a number." 2 ;;
      esac
      port=$2
      shift
      ;;
    --once) once=yes ;;
    *) fail "Unknown: $1. See test-istio.sh --help." 2 ;;
  esac
  shift
done

stop() {
  [ -z "$forward" ] || kill "$forward" 2>/dev/null || true
  rm -rf "$work"
}

forward_gateway() {
  local tries=0
  kubectl -n istio-system port-forward service/istio-ingressgateway "$port:80" >"$work/forward" 2>&1 &
  forward=$!
  until grep -q '^Forwarding from' "$work/forward"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 50 ] || ! kill -0 "$forward" 2>/dev/null; then
      cat "$work/forward" >&2
      fail "Istio's ingress gateway cannot be reached at port $port; see above."
    fi
    sleep 0.2
  done
}

# Writes $work/body. Again for half a minute where nobody serves yet, as just after a change of the routes.
ask() { # PATH
  local deadline=$((SECONDS + 30)) status
  while :; do
    status=$(curl -sS --noproxy '*' --max-time 20 -o "$work/body" -w '%{http_code}' "$url$1" 2>"$work/error") || true
    case "$status" in
      200) return ;;
      000 | 404 | 503) [ "$SECONDS" -ge "$deadline" ] || { sleep 1 && continue; } ;;
    esac
    cat "$work/error" >&2
    head -c 1000 "$work/body" >&2 2>/dev/null || true
    fail "GET $1 is answered with $status in place of 200."
  done
}

require kubectl curl awk
work=$(mktemp -d)
forward=
trap stop EXIT
trap 'exit 0' INT TERM
forward_gateway
url=http://localhost:$port
echo "Testing $url, Istio's ingress gateway"

ask /health
echo "  ok  healthy"
ask /docs/
# Whatever the page loads has to pass the gateway as well.
sed -n -E 's/.* (src|href)="([^":]*)".*/\2/p' "$work/body" >"$work/files"
while read -r file; do
  ask "/docs/${file#./}"
done <"$work/files"
ask /openapi
cp "$work/body" "$work/openapi"
echo "  ok  documentation"
ask /api/v1/images
echo "  ok  images"
echo "Endpoints:"
# The document has those of features that are disabled, too.
awk '
  /^  \// { path = substr($1, 1, length($1) - 1) }
  path ~ "^/(api/v1/images|health|docs|openapi|problems)" && /^    (get|put|post|patch|delete|head|options):$/ {
    printf "  %-6s %s\n", toupper(substr($1, 1, length($1) - 1)), path
  }' "$work/openapi"
[ -z "$once" ] || exit 0
echo "The API can be tried at $url/docs. Ctrl-C closes the port."
wait "$forward"
