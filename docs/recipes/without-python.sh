#!/usr/bin/env bash
# Needs Node.js 18 or later, curl, tar and sha256sum. RELEASES is where you take releases from, ARCHIVE_SHA256 the checksum
# that was published with the archive.
set -euo pipefail
: "${RELEASES:?}" "${ARCHIVE_SHA256:?}" "${ADAPTER:?}" "${PROFILE:=desk@1}" "${ARCHIVE:=onestop-conformance-2.1.0.tar.gz}"

curl --fail --silent --show-error --location --output suite.tar.gz "$RELEASES/$ARCHIVE"
echo "$ARCHIVE_SHA256  suite.tar.gz" | sha256sum --check --strict
mkdir -p suite && tar --extract --gzip --file suite.tar.gz --directory suite --strip-components 1
(cd suite && sha256sum --check --quiet --strict SHA256SUMS)

# One run, one report: 0 it conforms, 1 it does not, 2 it could not be run.
verdict=0
node suite/runner.mjs suite --exec "$ADAPTER" --profile "$PROFILE" --format json > conformance.json || verdict=$?
exit "$verdict"
