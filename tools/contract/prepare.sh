#!/bin/sh
# Installs what fuzzes the API into $1, and prints where it is. Without a Python for it, says so and prints nothing.
set -u

requirements=$(dirname "$0")/requirements.txt
python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
  if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo 'Left out, because there is no Python 3.11 or newer (with venv): the fuzzing of the API.' >&2
  exit
fi

if ! cmp -s "$requirements" "$1/.installed"; then
  rm -rf "$1"
  "$python" -m venv "$1" && "$1/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" >&2 || exit 1
  cp "$requirements" "$1/.installed"
fi
echo "$1"
