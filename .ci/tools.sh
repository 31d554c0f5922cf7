# Finds the tools that Platen needs, and installs them where it can. Sourced by ./platen and ./verify.

say() { echo "platen: $*" >&2; }

# Sets $java_home, $java_version (such as 17) and $java_build (such as 17.0.15+6-Debian). Reads them from the file that a
# JDK has for this, because starting Java for it costs every command a tenth of a second.
read_java_version() {
  local key value version=
  java_build=
  java_home=$(readlink -f "$java") && java_home=${java_home%/bin/java}
  if [ -r "$java_home/release" ]; then
    while IFS='=' read -r key value; do
      case $key in
        JAVA_VERSION) version=${value//\"/} ;;
        JAVA_RUNTIME_VERSION) java_build=${value//\"/} ;;
      esac
    done <"$java_home/release"
  fi
  [ -n "$version" ] || version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java\.specification\.version = //p')
  java_version=${version%%[!0-9]*}
}

cores() { local n; n=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ "$n" -lt 2 ] && n=2; echo "$n"; }

# install COMMAND PACKAGE...: installs with apt if run as root, or prints what to do.
install() {
  local command=$1
  shift
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing $* for $command"
    apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >&2 && return
  fi
  say "$command is missing. Install it (Debian: apt-get install $*) and try again."
  exit 1
}

find_java() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
  else
    java=$(command -v java || true)
  fi
  [ -n "$java" ] && read_java_version && [ "$java_version" -ge 17 ] 2>/dev/null
}

# Sets $java to a Java of version 17 or later.
need_java() {
  find_java && return
  if [ -n "${JAVA_HOME:-}" ]; then
    say "JAVA_HOME is $JAVA_HOME, which is not a JDK of version 17 or later. Set it to one, or unset it."
    exit 1
  fi
  install "a JDK of version 17 or later" default-jdk-headless
  find_java || { say "The installed JDK cannot be found. Set JAVA_HOME."; exit 1; }
}

# Finds or installs a JDK with its compiler, and Maven.
need_maven() {
  need_java
  if [ ! -x "$(dirname "$(readlink -f "$java")")/javac" ]; then
    install "the Java compiler" default-jdk-headless
    find_java
  fi
  command -v mvn >/dev/null || install "Maven 3.8 or later" maven
}

# The network tests also need root. ip makes namespaces, iptables disturbs connections, tcpdump and strace are witnesses.
need_network_tools() {
  local tool
  for tool in ip iptables tcpdump strace; do
    command -v "$tool" >/dev/null || install "$tool" iproute2 iptables tcpdump strace
  done
}

# Run the examples of docs/integrating.md.
need_integrators_tools() {
  command -v curl >/dev/null || install curl curl
  command -v node >/dev/null || install "Node.js 18 or later" nodejs
}

# Tests the page /docs/.
need_browser() { [ -x /usr/bin/chromium ] || install chromium chromium; }
