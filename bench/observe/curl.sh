#!/bin/bash
# Drive curl through its own tests: the command line tool, and programs that use the library, against the servers of
# the suite. TESTS is what runtests.pl takes. Run in the tree, which is built with an observing compiler.
cd tests || exit 1
export USER=${USER:-observer} # a test asks for it, and without it the whole run ends
# shellcheck disable=SC2086 # several words
perl runtests.pl -a -n -s ${TESTS:-1 to 3300}
exit 0
