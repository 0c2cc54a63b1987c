#!/bin/bash
# Proves that a container does its work. Exit code 0: it does.
#   health relay HTTP_PORT SSH_PORT        an SSH banner and an HTTP answer
#   health share URL RELAY_HOST            the page behind the public URL, through the relay
set -u

fail() {
  echo "$*"
  exit 1
}

# first_line PORT TEXT: what this container says first when it has heard the text
first_line() {
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return
  printf '%b' "$2" >&3
  IFS= read -r -t 3 line <&3
  exec 3>&-
}

line=
case ${1:-} in
  relay)
    first_line "$3" 'SSH-2.0-health\r\n'
    [[ $line == SSH-2.0-* ]] || fail "no SSH banner on port $3: $line"
    line=
    first_line "$2" 'GET / HTTP/1.0\r\n\r\n'
    [[ $line == HTTP/1.* ]] || fail "no HTTP answer on port $2: $line"
    ;;
  share)
    # The public name leads to 127.0.0.1, which is this container; the relay is next door.
    host=${2#http://}
    timeout 3 /opt/porthole/busybox wget -q -O /dev/null --header "Host: $host" "http://$3:${host##*:}/" ||
      fail "$2 does not answer"
    ;;
  *)
    fail "health: relay or share?"
    ;;
esac
