#!/bin/sh
# Builds the image with Jib, without Docker, pushes it, and prints its digest: build.sh REPOSITORY TAG
# The tag is for people; what is deployed is the digest. Run in the folder with the application's pom.xml.
set -eu
repository=${1:?repository, such as 123456789012.dkr.ecr.eu-central-1.amazonaws.com/phoenix}
tag=${2:?tag, such as the commit id}

mvn -B -DskipTests package jib:build -Djib.to.image="$repository:$tag" >&2
# Jib leaves what the registry has answered here.
cat target/jib-image.digest
