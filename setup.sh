#!/bin/sh
# Makes this checkout runnable; then, after `--`, runs a file of it under Node 24:
#
#   sh setup.sh                        npm packages, Redis with Sentinel, git (what the demo and the tests need)
#   sh setup.sh --npm                  npm packages only
#   sh setup.sh --all                  also everything that a test can use (see .ci/run)
#   sh setup.sh -- src/main.ts demo    set up, then run
#
# Silent and quick when nothing is missing. It starts, stops and uses no service of this machine.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")"
work=$(mktemp -d)
policy=/usr/sbin/policy-rc.d
placed_policy=

say() { printf '%s\n' "setup: $*" >&2; }
give_up() { say "$@"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
up_to_date() { [ -e "$1" ] && [ -z "$(find "$2" -newer "$1")" ]; }
tidy() {
  [ -z "$placed_policy" ] || as_root rm -f "$policy"
  rm -rf "$work"
}
trap tidy EXIT
trap 'exit 130' INT TERM

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
may_be_root() { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }

# Runs a command silently; shows what it printed only when it fails.
quietly() { "$@" >"$work/log" 2>&1 </dev/null || { code=$?; tail -n 20 "$work/log" >&2; return "$code"; }; }

# --- Node and npm packages ---------------------------------------------------------------------------------

# Prints the first Node of version 24 or newer: the one among our npm packages, else the system's.
find_node() {
  case $(uname -m) in x86_64 | amd64) cpu=x64 ;; aarch64 | arm64) cpu=arm64 ;; *) cpu=none ;; esac
  for candidate in "$PWD/node_modules/node-linux-$cpu/bin/node" "$(command -v node || :)"; do
    major=$("$candidate" -p 'process.versions.node.split(".")[0]' 2>/dev/null) || continue
    [ "$major" -ge 24 ] && printf '%s\n' "$candidate" && return
  done
  return 1
}

# npm writes its own copy of the lock file last, so a copy newer than the lock file means "installed, completely".
install_npm_packages() {
  up_to_date node_modules/.package-lock.json package-lock.json && return
  has npm || give_up 'npm is missing. Type:' "$(install_line nodejs npm)"
  say 'installing the npm packages (once, 20 s to two minutes)'
  quietly npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || give_up 'npm ci failed, see above.'
  touch node_modules/.package-lock.json
}

# --- System packages -----------------------------------------------------------------------------------------

# Debian package and how we know that it is there: a command, or a file.
needed() {
  [ "$scope" = npm ] && return
  echo 'redis-server redis-server'
  echo 'redis-sentinel redis-sentinel'
  echo 'git git'
  [ "$scope" = all ] || return 0
  echo 'prometheus promtool'
  echo 'prometheus-alertmanager amtool'
  echo 'openssl openssl'
  echo 'chromium chromium'
  echo 'fonts-noto-cjk /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'
  echo 'fonts-noto-color-emoji /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf'
  echo 'openjdk-17-jre-headless java'
  echo 'maven mvn'
  echo 'mariadb-server mariadbd'
  echo 'postgresql /usr/lib/postgresql'
  echo 'etcd-server etcd'
}

missing() {
  needed | while read -r package sign; do
    case $sign in /*) [ -e "$sign" ] ;; *) has "$sign" ;; esac || echo "$package"
  done
}

# Prints what to type to get these Debian packages, in the words of this machine's package manager.
install_line() {
  if has apt-get; then echo "sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
  elif has brew; then echo "brew install $(other_names "$@")"
  elif has dnf; then echo "sudo dnf install -y $(other_names "$@")"
  else echo "(your package manager) install $(other_names "$@")"; fi
}

# Outside Debian, one package named redis brings the server and Sentinel.
other_names() {
  printf '%s\n' "$@" | sed -e 's/^redis-.*/redis/' -e 's/^prometheus-alertmanager/alertmanager/' -e 's/^openjdk.*/openjdk@17/' \
    -e 's/^nodejs/node/' -e '/^npm$/d' -e '/^fonts-/d' | sort -u | tr '\n' ' '
}

# Debian starts a service when it is installed, unless a policy says no. We ask for that only while we install.
apt_install() {
  if [ ! -e "$policy" ]; then
    placed_policy=yes
    printf '#!/bin/sh\nexit 101\n' >"$work/policy"
    as_root install -m 755 "$work/policy" "$policy"
  fi
  set -- env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300 --no-install-recommends install "$@"
  as_root "$@" >"$work/first-try" 2>&1 </dev/null || { quietly as_root apt-get update && quietly as_root "$@"; }
}

install_system_packages() {
  # shellcheck disable=SC2046 # package names are words
  set -- $(missing)
  [ $# -gt 0 ] || return 0
  { has apt-get && may_be_root; } || give_up "missing on this machine: $*. Type: $(install_line "$@")"
  say "installing $*"
  apt_install "$@" || give_up "apt-get failed, see above. Type: $(install_line "$@")"
}

# The Kafka broker that the tests start is a set of jars (test/parts/kafka/pom.xml), kept in .cache/kafka.
fetch_kafka() {
  [ "$scope" = all ] || return 0
  up_to_date .cache/kafka/.complete test/parts/kafka/pom.xml && return
  say 'fetching the Kafka jars (once, about 10 s)'
  quietly mvn -q -B -f test/parts/kafka/pom.xml \
    org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies "-DoutputDirectory=$PWD/.cache/kafka" ||
    give_up 'Maven failed, see above.'
  touch .cache/kafka/.complete
}

# The Kubernetes API server that the tests start is built from its published modules (test/parts/kubernetes/go.mod).
build_kube_apiserver() {
  [ "$scope" = all ] || return 0
  up_to_date .cache/kubernetes/kube-apiserver test/parts/kubernetes/go.sum && return
  PATH=$PATH:/usr/local/go/bin
  has go || give_up 'Go 1.24 or newer is missing, which builds the Kubernetes API server of the tests. See https://go.dev/doc/install'
  say 'building the Kubernetes API server (once, about 5 minutes)'
  mkdir -p .cache/kubernetes
  out=$PWD/.cache/kubernetes/kube-apiserver
  (cd test/parts/kubernetes && GOFLAGS=-buildvcs=false quietly go build -o "$out" k8s.io/kubernetes/cmd/kube-apiserver) ||
    give_up 'go build failed, see above.'
}

scope=redis
case ${1-} in
  --npm) scope=npm; shift ;;
  --all) scope=all; shift ;;
  -- | '') ;;
  *) give_up "unknown option $1 (known: --npm, --all, -- FILE)" ;;
esac

install_npm_packages
install_system_packages
fetch_kafka
build_kube_apiserver
node=$(find_node) || give_up "Node 24 or newer is needed here, found $(node -v 2>/dev/null || echo none). See https://nodejs.org/en/download"

[ "${1-}" = -- ] || { say "ready ($("$node" -v))"; exit 0; }
shift
PATH=$(dirname -- "$node"):$PATH
tidy # exec runs no trap
exec "$node" "$@"
