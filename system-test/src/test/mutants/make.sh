#!/bin/sh
# Makes packaged services with a deliberate mistake, for `make mutants`: make.sh NAME DIRECTORY
# The services must have been packaged; the changed classes are compiled against them and put into copies of them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
to=$2
java=${JAVA_HOME:+$JAVA_HOME/bin/}
sources=$to/sources
classes=$to/classes
mkdir -p "$sources" "$classes"
changed=$(sed -n 's#^+++ b/##p' "$here/$1.patch")
for file in $changed; do
  mkdir -p "$sources/$(dirname "$file")"
  cp "$root/$file" "$sources/$file"
done
(cd "$sources" && patch -s -p1 < "$here/$1.patch")
for module in gateway worker watcher; do
  mkdir -p "$to/$module/target"
  cp -a "$root/$module/target/quarkus-app" "$to/$module/target/"
done
for file in $changed; do
  part=${file%%/*}
  case $part in src-shared) module=worker; jars=$(echo "$to"/*/target/quarkus-app/lib/main/io.freshet.freshet-shared-*.jar) ;;
    *) module=$part; jars=$(echo "$to/$part"/target/quarkus-app/app/*.jar) ;;
  esac
  app=$to/$module/target/quarkus-app
  rm -rf "$classes" && mkdir "$classes"
  "${java}javac" -proc:none -nowarn -parameters -d "$classes" -cp "$(echo "$app"/app/*.jar "$app"/lib/main/*.jar "$app"/lib/boot/*.jar | tr ' ' ':')" $(cd "$sources" && find "$PWD/$part" -name '*.java')
  for jar in $jars; do
    rm -rf "$to/jar" && mkdir "$to/jar"
    (cd "$to/jar" && "${java}jar" xf "$jar" && cp -R "$classes/." . && "${java}jar" cfM "$jar" .)
  done
done
