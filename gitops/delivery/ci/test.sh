#!/bin/sh
# The application's own tests. Run in the folder with its pom.xml.
set -eu
exec mvn -B verify
