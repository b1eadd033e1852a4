# The examples of docs/ci: their files are well-formed, and their shell steps do on a small project
# what they say.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan trace diff
need_command python3 git make
python3 -c 'import yaml' 2>/dev/null || skip 'python3-yaml is not installed'
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE CC MAKEFLAGS
ci=$SOURCE_DIR/docs/ci
mkdir "$tmp/bin" "$tmp/steps" "$tmp/project" && ln -s "$PCARCH" "$tmp/bin/pcarch" || exit 1
PATH=$tmp/bin:$PATH
export GIT_CONFIG_NOSYSTEM=1 GITHUB_STEP_SUMMARY=$tmp/summary.md

# A program of two modules, a test, and a commit.
cd "$tmp/project" || exit 1
printf 'void store(int n);\nint main(int argc, char **argv) { (void)argv; store(argc); return 0; }\n' >main.c
printf '#include <stdio.h>\nvoid store(int n) { printf("%%d\\n", n); }\n' >store.c
printf 'void log_it(void) { }\n' >log.c
cat >Makefile <<'MAKE'
CFLAGS = -g
prog: main.o store.o log.o
	$(CC) -o $@ main.o store.o log.o
check: prog
	./prog a b
MAKE
printf '*.o\nprog\n*.json\n*.md\n*.html\n*.xml\n*.sarif\nbase\n' >.gitignore
git init -q . && git add -A && git -c user.name=t -c user.email=t@t commit -qm 'first' || fail 'git'
BASE=$(git rev-parse HEAD)
export BASE

# Each shell step in a file, NAME.1, NAME.2, ...; without the one that installs.
python3 - "$ci" "$tmp/steps" <<'PYTHON' || fail 'an example is not well-formed'
import re, sys, yaml
ci, out = sys.argv[1:]
def write(name, steps):
    assert steps, name
    for i, step in enumerate(steps, 1):
        open(f"{out}/{name}.{i}", "w").write(step)
github = yaml.safe_load(open(f"{ci}/github.yml"))
assert True in github or "on" in github
steps = github["jobs"]["pcarch"]["steps"]
assert all("run" in s or "uses" in s for s in steps)
write("github", [s["run"] for s in steps if "run" in s and "Install" not in s["name"]])
job = yaml.safe_load(open(f"{ci}/gitlab.yml"))["pcarch"]
write("gitlab", ["\n".join(job["script"])])
hooks = yaml.safe_load(open(f"{ci}/pre-commit.yaml"))["repos"][0]["hooks"]
write("pre-commit", [hooks[0]["entry"]])
assert re.search(hooks[0]["files"], "src/a.c") and not re.search(hooks[0]["files"], "README")
jenkins = open(f"{ci}/Jenkinsfile").read()
assert jenkins.count("{") == jenkins.count("}")
write("jenkins", re.findall(r"sh '''(.*?)'''", jenkins, re.S))
PYTHON
step() { assert_exit "$1" bash -eo pipefail "$tmp/steps/$2"; }
clean() { git clean -qfdx && git checkout -q . && : >"$GITHUB_STEP_SUMMARY"; }

# Nothing has changed, and all that ran was foreseen.
step 0 github.1
step 0 github.2
step 0 github.3
assert_file pcarch.sarif pcarch.html
assert_equal "$(grep -c '^## pcarch diff' "$GITHUB_STEP_SUMMARY")" 2 'summaries'
clean
step 0 gitlab.1
assert_file codequality.json pcarch.xml pcarch.html
clean
step 0 jenkins.1
step 0 jenkins.2
assert_file pcarch.xml pcarch.sarif pcarch.html
assert_json static.json "d['summary']['function_count'] >= 3"
cp static.json compile_commands.json "$tmp"

# A new dependency stops them.
clean
cp "$tmp/static.json" "$tmp/compile_commands.json" .
step 0 pre-commit.1
printf '#include <stdio.h>\nvoid log_it(void);\nvoid store(int n) { printf("%%d\\n", n); log_it(); }\n' >store.c
step 1 pre-commit.1
assert_out "module 'store' now depends on 'log' (1 call) [PCA030 new-dependency]"
step 0 github.1
step 1 github.2
assert_out '::warning file=store.c,line=3,col='
assert_contains "$(cat "$GITHUB_STEP_SUMMARY")" 'PCA030' 'the summary'
step 0 github.3
