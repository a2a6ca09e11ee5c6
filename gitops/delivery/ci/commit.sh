#!/bin/sh
# Commits what bump.sh has changed, and pushes it: commit.sh OVERLAY. Nothing changed: nothing is done.
set -eu
overlay=${1:?overlay, such as dev}
file=deploy/$overlay/kustomization.yaml
cd "$(git rev-parse --show-toplevel)"

if git diff --quiet -- "$file"; then
  printf 'commit.sh: %s has this digest already\n' "$overlay" >&2
  exit
fi
git add -- "$file"
git commit -q -m "Deploy $(sed -n 's/^ *digest: \(sha256:[0-9a-f]\{12\}\).*/\1/p' "$file") to $overlay"
# Somebody may have pushed meanwhile. A conflict in this line fails: then a newer run has bumped it.
git pull -q --rebase
git push -q
