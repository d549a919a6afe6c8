#!/bin/sh
# Prints the JDK that Freshet is built with and runs on. When anything is missing, says in one line what, and how to
# get it.
set -u

JAVA_NEEDED=25
NODE_NEEDED=20

# The feature number of the JDK at $1; 0 when there is none.
java_version() {
  [ -x "$1/bin/javac" ] || { echo 0; return; }
  version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  echo "${version:-0}"
}

# The home of the java on the PATH.
java_on_path() {
  command -v java >/dev/null 2>&1 || return 0
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

newest_jdk() {
  newest=0
  home=
  for candidate in /usr/lib/jvm/* /opt/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    version=$(java_version "$candidate")
    if [ "$version" -ge "$JAVA_NEEDED" ] && [ "$version" -gt "$newest" ]; then
      newest=$version
      home=$candidate
    fi
  done
  [ -n "$home" ] || home=$(java_on_path)
  [ "$(java_version "$home")" -ge "$JAVA_NEEDED" ] && echo "$home"
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && [ "$(java_version "$JAVA_HOME")" -ge "$JAVA_NEEDED" ]; then
    echo "$JAVA_HOME"
  else
    newest_jdk
  fi
}

has_node() {
  command -v npm >/dev/null 2>&1 &&
    [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge "$NODE_NEEDED" ]
}

missing=
jdk=$(find_jdk) || missing="$missing JDK $JAVA_NEEDED or newer (https://adoptium.net, or set JAVA_HOME to one);"
command -v mvn >/dev/null 2>&1 || missing="$missing Maven 3.8.7 or newer (https://maven.apache.org, or your package manager);"
has_node || missing="$missing Node $NODE_NEEDED or newer with npm (https://nodejs.org);"
if [ -n "$missing" ]; then
  echo "Freshet needs what is missing here:${missing%;}." >&2
  exit 1
fi
echo "$jdk"
