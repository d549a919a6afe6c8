#!/bin/sh
# Has every mutant found by a test that the services as they are pass: find.sh COMMAND..., what runs CrashPointsIT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=$(cd "$here/../../../.." && pwd)/target/mutants

fail() {
  echo "$1: see $2" >&2
  exit 1
}

rm -rf "$to"
mkdir -p "$to"
# where the test fails anyhow, its failing proves nothing
"$@" > "$to/none.log" 2>&1 || fail 'The services as they are do not pass' "$to/none.log"
for patch in "$here"/*.patch; do
  mutant=$(basename "$patch" .patch)
  log=$to/$mutant.log
  sh "$here/make.sh" "$mutant" "$to/$mutant"
  if "$@" "-Dfreshet.root=$to/$mutant" > "$log" 2>&1; then fail "$mutant was not found" "$log"; fi
  # services that did not even start have found nothing
  sed -n 's/^\[ERROR\]  *CrashPointsIT[^ ]* //p' "$log" | grep -v '» IllegalState' | cut -c-150 | sed "s/^/$mutant: found: /" | grep . \
    || fail "$mutant was not tried" "$log"
done
