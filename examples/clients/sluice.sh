#!/usr/bin/env bash
# Posts events to Sluice and follows them, with curl.
#
#   sluice.sh post KEY EVENT           posts an event, a JSON object, under an Idempotency-Key
#   sluice.sh bulk FILE                posts each line of a file, an event with an id
#   sluice.sh follow FILE [NAME=TEXT]  prints events as they come; FILE keeps the position, NAME=TEXT are filters
#
# SLUICE_URL is where the api is, SLUICE_TOKEN the bearer token, where it asks for one.
set -u -o pipefail

messages=${SLUICE_URL:-http://localhost:8080}/api/v1/messages
give_up_after=120 # seconds without progress
answer=$(mktemp -d)
trap 'rm -rf "$answer"' EXIT

# The token is not an argument, which others on the machine could see. Slower than a byte a second for long is as good as broken off.
request() {
  local seconds=$1
  shift
  : >"$answer/head"
  curl -sS -N --connect-timeout 5 --speed-limit 1 --speed-time "$seconds" -D "$answer/head" \
    -K <([ -z "${SLUICE_TOKEN:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$SLUICE_TOKEN") "$@"
}

# Sets status: 000 where there was no answer, or not all of it.
attempt() {
  request 30 -o "$answer/body" "$@" || : >"$answer/head"
  read_status
}

# Of several heads, as with 100 Continue, the last counts.
read_status() {
  status=$(sed -n 's/^HTTP[^ ]* \([0-9]*\).*/\1/p' "$answer/head" | tail -n 1)
  status=${status:-000}
}

failures=0 since=$SECONDS
progress() {
  failures=0 since=$SECONDS
}

# Waits until the request may be sent again, or ends the program where that is of no use.
pause() {
  case $status in
    000 | 2?? | 408 | 429 | 5??) ;;
    *) fail ;;
  esac
  local after most=$((500 << (failures < 6 ? failures : 6)))
  after=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9][0-9]*\).*/\1/p' "$answer/head")
  # By chance, so that clients that failed together do not come back together.
  local milliseconds=$((${after:-0} * 1000 + (RANDOM * 32768 + RANDOM) % (most < 30000 ? most : 30000)))
  failures=$((failures + 1))
  [ $((SECONDS - since + milliseconds / 1000)) -lt "$give_up_after" ] || fail
  echo "again in $milliseconds ms: status $status" >&2
  sleep "$((milliseconds / 1000)).$(printf %03d $((milliseconds % 1000)))"
}

fail() {
  echo "status $status" >&2
  cat "$answer/body" >&2
  exit 1
}

post() {
  while :; do
    attempt "$messages" -H 'Content-Type: application/json' -H "Idempotency-Key: $1" --data-raw "$2"
    case $status in
      2??) cat "$answer/body" && echo && return ;;
      *) pause ;;
    esac
  done
}

# The file is streamed, from behind the line up to which all is acknowledged. Without an answer all is sent again, and stored once.
bulk() {
  local acknowledged=0 through
  while :; do
    attempt -X POST "$messages" -H 'Content-Type: application/x-ndjson' -T - < <(tail -n "+$((acknowledged + 1))" "$1")
    through=
    [ "$status" = 000 ] || through=$(sed -n 's/.*"acknowledgedThrough":\([0-9][0-9]*\).*/\1/p' "$answer/body")
    if [ "${through:-0}" -gt 0 ]; then
      echo "acknowledged behind line $acknowledged:" && cat "$answer/body" && echo
      acknowledged=$((acknowledged + through))
      progress
    fi
    case $status in
      2??) return ;;
      *) pause ;;
    esac
  done
}

# Server-sent events. One without its blank line was broken off, and is dropped; the position stands for those before it.
follow() {
  local file=$1 line id='' event='' data='' filters=() filter
  shift
  for filter in "$@"; do
    filters+=(--data-urlencode "$filter")
  done
  while :; do
    position=$(cat "$file" 2>/dev/null)
    while IFS= read -r line; do
      case $line in
        'id: '*) id=${line#id: } ;;
        'event: '*) event=${line#event: } ;;
        # A line feed between the parts of a payload is as good as a blank.
        'data: '*) data="${data:+$data }${line#data: }" ;;
        '')
          case $event in
            '') echo "$data" ;;
            gap) echo "lost: $data" >&2 ;;
          esac
          # Behind the event is dealt with: after a crash it comes again. A file is replaced as a whole.
          printf %s "$id" >"$file.new" && mv "$file.new" "$file"
          event='' data=''
          progress
          ;;
        *) printf %s "$line" >"$answer/body" ;;
      esac
    done < <(request 45 -G "$messages/stream" -H 'Accept: text/event-stream' \
      ${position:+-H "Last-Event-ID: $position"} ${filters[@]+"${filters[@]}"})
    event='' data='' since=$SECONDS
    read_status
    pause
  done
}

case "${1:-} $#" in
  'post 3') post "$2" "$3" ;;
  'bulk 2') bulk "$2" ;;
  follow\ [2-9]*) shift && follow "$@" ;;
  *) sed -n 's/^# \{0,1\}//p' "$0" | head -n 7 && exit 2 ;;
esac
