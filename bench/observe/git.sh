#!/bin/bash
# Drive git through a slice of its own tests: TESTS is a pattern of t/*.sh. Run in the tree, which is built with an
# observing compiler. What a test expects is of no interest here, only that git runs.
cd t || exit 1
root=$(mktemp -d "${TMPDIR:-/tmp}/observe-git.XXXXXX") || exit 1
trap 'chmod -R u+w "$root"; rm -rf "$root"' EXIT
export TEST_NO_MALLOC_CHECK=1 GIT_TEST_GIT_DAEMON=1 GIT_TEST_CHAIN_LINT=0 root
# shellcheck disable=SC2086 # a pattern
printf '%s\n' ${TESTS:-t???[05]-*.sh t3200-* t5570-*} | sort -u |
	xargs -P "${JOBS:-2}" -I '{}' sh -c 'timeout 60 ./"$1" -q --root="$root/${1%.sh}" >/dev/null 2>&1 || echo "git: $1 failed"
		rm -rf "$root/${1%.sh}"' - '{}'
exit 0
