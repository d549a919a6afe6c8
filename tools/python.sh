#!/bin/sh
# Installs the requirements $1 into the virtual environment $2, and prints where it is. Without a Python for it, says that
# $3 is left out, and prints nothing.
set -u

python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
  if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Left out, because there is no Python 3.11 or newer (with venv): $3." >&2
  exit
fi

if ! cmp -s "$1" "$2/.installed"; then
  rm -rf "$2"
  "$python" -m venv "$2" && "$2/bin/pip" install --quiet --disable-pip-version-check -r "$1" >&2 || exit 1
  cp "$1" "$2/.installed"
fi
echo "$2"
