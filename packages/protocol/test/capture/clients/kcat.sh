# kcat (librdkafka): produces with each compression and each acks, consumes alone and in a group, lists.
set -eu
kcat -b "$BOOTSTRAP" -L -J > /dev/null
for codec in none gzip snappy lz4 zstd; do
  printf 'key:a\nkey:bb\nkey:ccc\n' | kcat -b "$BOOTSTRAP" -P -t captured-kcat -K : -z "$codec" -H trace=1 -X acks=all
done
printf 'one\n' | kcat -b "$BOOTSTRAP" -P -t captured-kcat -X acks=1
printf 'zero\n' | kcat -b "$BOOTSTRAP" -P -t captured-kcat -X acks=0
printf 'once\n' | kcat -b "$BOOTSTRAP" -P -t captured-kcat -X enable.idempotence=true
kcat -b "$BOOTSTRAP" -C -t captured-kcat -o beginning -e -q > /dev/null
kcat -b "$BOOTSTRAP" -Q -t captured-kcat:0:-1 > /dev/null
timeout 15 kcat -b "$BOOTSTRAP" -G captured-kcat-group -c 3 -q -X auto.offset.reset=earliest captured-kcat > /dev/null
# A broker of old: versions without compact lengths.
kcat -b "$BOOTSTRAP" -X api.version.request=false -X broker.version.fallback=0.11.0 -C -t captured-kcat -o beginning -c 1 -q > /dev/null || true
