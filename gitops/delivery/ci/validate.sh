#!/bin/sh
# What a commit to deploy/ must pass, for each overlay: it renders, it fits the schemas, and the operator can plan it.
# No cluster and no AWS is asked. Needs kubectl, kubeconform, and fargate-operator:
#   FARGATE_OPERATOR  how to call it; default: fargate-operator. From its image: docker run --rm -i IMAGE
#   FARGATE_SCHEMAS   where its JSON schemas are: the folder crds/schema of the operator's repository
set -eu
cd "$(dirname -- "$0")/../deploy"
schemas=${FARGATE_SCHEMAS:?the folder crds/schema of the operator}

for overlay in environments dev prod; do
  printf '== %s\n' "$overlay"
  rendered=$(kubectl kustomize "$overlay")
  printf '%s\n' "$rendered" |
    kubeconform -strict -summary -schema-location default \
      -schema-location "$schemas/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json"
  # 2 means that there are changes, as there always are without --live; 1 is an error.
  code=0
  printf '%s\n' "$rendered" | ${FARGATE_OPERATOR:-fargate-operator} plan -f - || code=$?
  [ "$code" = 0 ] || [ "$code" = 2 ] || exit "$code"
done
