#!/bin/bash
# Builds the images, starts the three containers, fetches the page through the tunnel, compares it
# with the site's own file, and stops everything. Exit code 0: the page came through unchanged.
#   --keep   leave the containers running
set -u

home=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
page=$home/docker/site/www/index.html
project=porthole-try
seconds=${PORTHOLE_TRY_SECONDS:-90}
keep=false

say() { echo "try: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

case ${1:-} in
  '') ;;
  --keep) keep=true ;;
  -h | --help)
    sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}"
    exit 0
    ;;
  *)
    say "$1: only --keep is known"
    exit 2
    ;;
esac

command -v curl >/dev/null || fail "curl is missing."
command -v docker >/dev/null || fail "docker is missing. Install Docker (for example apt install docker.io)."
if docker compose version >/dev/null 2>&1; then
  compose=(docker compose)
elif command -v docker-compose >/dev/null; then
  compose=(docker-compose)
else
  fail "Compose is missing: neither \"docker compose\" nor \"docker-compose\" (1.29 or newer) is here."
fi
said=$(docker ps -q 2>&1) ||
  fail "The Docker daemon does not answer; is it running, and may you use it? $said"

# free_port FIRST: a port of this machine on which nobody listens
free_port() {
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    port=$((port + 1))
  done
  echo "$port"
}

cd -- "$home" || exit 1
if [ ! -f client/target/porthole.jar ]; then
  command -v mvn >/dev/null || fail "client/target/porthole.jar is missing, and Maven to build it too."
  say "building client/target/porthole.jar ..."
  mvn -q -Dquick -pl client -am package >&2 || fail "Maven could not build the jar; see above."
fi

export COMPOSE_PROJECT_NAME=$project
export PORTHOLE_NAME=${PORTHOLE_NAME:-demo}
log=$(mktemp) || exit 1
started=false
finish() {
  code=$?
  trap - EXIT
  if $started && ! $keep; then
    say "stopping ..."
    "${compose[@]}" down -v >"$log" 2>&1 || cat "$log" >&2
  fi
  rm -f -- "$log"
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say "building the images ..."
"${compose[@]}" build >"$log" 2>&1 || {
  cat "$log" >&2
  fail "The images could not be built; see above. Another base image: PORTHOLE_BASE_IMAGE=..."
}

# What an earlier call left behind would keep the ports.
"${compose[@]}" down -v >/dev/null 2>&1
PORTHOLE_HTTP_PORT=${PORTHOLE_HTTP_PORT:-$(free_port 8080)}
PORTHOLE_SSH_PORT=${PORTHOLE_SSH_PORT:-$(free_port 2222)}
export PORTHOLE_HTTP_PORT PORTHOLE_SSH_PORT

say "starting relay, site and share ..."
started=true
begin=$SECONDS
"${compose[@]}" up -d >"$log" 2>&1 || {
  cat "$log" >&2
  "${compose[@]}" logs --tail 20 >&2
  fail "The containers did not start; see above."
}
share=$("${compose[@]}" ps -q share)
until [ "$(docker inspect -f '{{.State.Health.Status}}' "$share" 2>/dev/null)" = healthy ]; do
  if [ $((SECONDS - begin)) -ge "$seconds" ]; then
    "${compose[@]}" ps >&2
    "${compose[@]}" logs --tail 20 >&2
    fail "The tunnel is not up after $seconds s; see above."
  fi
  sleep 0.5
done
say "all healthy after $((SECONDS - begin)) s"

host=$PORTHOLE_NAME.localhost
url=http://$host:$PORTHOLE_HTTP_PORT/
# Not every system leads *.localhost to this machine; browsers do.
curl -fsS --noproxy '*' --max-time 10 --resolve "$host:$PORTHOLE_HTTP_PORT:127.0.0.1" -o "$log" "$url" ||
  fail "$url could not be fetched."
cmp -- "$log" "$page" >&2 || fail "$url brings something else than $page."
echo "OK: $url brings the site's own page, $(($(wc -c <"$page"))) bytes, through the tunnel."
if $keep; then
  say "It stays up. Stop it:  ${compose[*]} -p $project down -v"
fi
