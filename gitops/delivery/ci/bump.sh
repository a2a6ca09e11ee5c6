#!/bin/sh
# Writes a digest into an overlay: bump.sh OVERLAY DIGEST. It changes one line, or nothing and fails.
# Without DIGEST: prints the one that the overlay has, for promoting it to the next.
set -eu
overlay=${1:?overlay, such as dev}
digest=${2:-}
file=$(dirname -- "$0")/../deploy/$overlay/kustomization.yaml

fail() { printf 'bump.sh: %s\n' "$*" >&2; exit 1; }

[ -f "$file" ] || fail "there is no overlay $overlay ($file)"
[ "$(grep -c '^ *digest: sha256:' "$file")" = 1 ] || fail "$file does not have exactly one line with digest: sha256:..."
if [ -z "$digest" ]; then
  sed -n 's/^ *digest: \(sha256:[0-9a-f]*\).*/\1/p' "$file"
  exit
fi
printf '%s\n' "$digest" | grep -Eqx 'sha256:[0-9a-f]{64}' || fail "not a digest: $digest (sha256: and 64 hexadecimal digits)"

# Not sed -i, which every system has differently. What stands behind the digest was about the old one.
new=$(sed "s/^\( *digest: \)sha256:.*/\1$digest/" "$file")
printf '%s\n' "$new" > "$file"
