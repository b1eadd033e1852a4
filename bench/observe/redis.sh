#!/bin/bash
# Drive redis through its own tests, but for those that mostly wait: TESTS is a pattern of others (of tests/unit and
# tests/integration, without the suffix). Run in the tree, which is built with an observing compiler.
jobs=${JOBS:-2}
skipped='unit/(dump|latency-monitor|oom-score-adj|tls|violations|type/list-3|maxmemory|wait|shutdown)|'
skipped+='integration/(replication.*|block-repl|psync2.*|corrupt-dump-fuzzer|shutdown|failover)'

# A run each: a test that fails ends its run. Each slot has ports of its own.
run() {
	xargs -P "$jobs" --process-slot-var=slot -I '{}' sh -c '
		timeout 120 ./runtest --clients 1 --baseport $((21111 + slot * 2000)) --portcount 2000 \
			--tags "-slow -large-memory -needs:perf" --single "$1" || echo "redis: $1 failed"' - '{}'
}
(cd tests && find unit integration -name '*.tcl') | sed 's/\.tcl$//' | grep -E "${TESTS:-.}" |
	grep -vE "^($skipped)\$" | sort | run
echo integration/replication-2 | run
timeout 100 ./runtest-sentinel --single 00-base
timeout 100 ./runtest-cluster --single 00-base
timeout 100 ./runtest-cluster --single 04-resharding
for file in tests/assets/*.aof tests/assets/*.rdb; do
	src/redis-check-aof "$file" </dev/null
	src/redis-check-rdb "$file"
done
# A test that is cut off leaves its servers: those that run out of this tree are ours.
for exe in /proc/[0-9]*/exe; do
	case $(readlink "$exe") in
	"$PWD"/src/redis-*) kill -KILL "$(basename "$(dirname "$exe")")" ;;
	esac
done
exit 0
