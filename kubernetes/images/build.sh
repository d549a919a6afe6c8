#!/bin/sh
# Builds the images of the modules that are named: as native executables where they are built, or on the JVM. Run in the root
# of the repository, with ENGINE (docker or podman), REGISTRY and TAG.
set -eu

engine=${ENGINE:-$(command -v docker || command -v podman || true)}
if [ -z "$engine" ] || ! "$engine" info >/dev/null 2>&1; then
  echo 'make images needs a container engine that runs: start Docker or Podman, or name one in ENGINE.' >&2
  exit 1
fi
registry=${REGISTRY:+${REGISTRY%/}/}
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
for module in "$@"; do
  kind=jvm
  for executable in "$module"/target/*-runner; do
    [ -x "$executable" ] && kind=native
  done
  image="${registry}freshet-$module:$TAG"
  echo "Building $image ($kind) ..."
  "$engine" build --file "kubernetes/images/Dockerfile.$kind" --build-arg "MODULE=$module" --build-arg "VERSION=$TAG" \
    --build-arg "REVISION=$revision" --tag "$image" .
done
