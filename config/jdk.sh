# Sourced by ./faultring and .ci/run: find_jdk sets jdk to the folder of a JDK 25 or newer, or fails. No JVM is started
# for it: every JDK says its version in its file "release".

jdk_hint='no JDK 25 or newer found: install one (for example: apt-get install openjdk-25-jdk-headless) or set JAVA_HOME.'

is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='="' read -r key _ version _; do
    [ "$key" = JAVA_VERSION ] || continue
    version=${version%%[!0-9]*}
    [ "${version:-0}" -ge 25 ]
    return
  done <"$1/release"
  return 1
}

find_jdk() {
  java_on_path=$(readlink -f "$(command -v java 2>/dev/null)" 2>/dev/null)
  for jdk in "${JAVA_HOME:-}" "${java_on_path%/bin/java}" /usr/lib/jvm/* /opt/* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$jdk" ] && is_jdk25 "$jdk" && return 0
  done
  return 1
}
