# The frame around the commands: help, unknown words, colours, streams, exit codes.
. "$(dirname "$0")/lib.sh"
cd "$tmp" || exit 1
export TERM=xterm
escape=$(printf '\033')

# refused MESSAGE ARG...: exit 2, nothing on stdout, the message alone on stderr.
refused() {
	local message=$1
	shift
	assert_exit 2 "$PCARCH" "$@"
	assert_out_is ''
	assert_err_is "$message"
}

assert_exit 0 "$PCARCH" --version
[[ $out =~ ^pcarch\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || fail 'the version is not "pcarch N.N.N"'

# Help: alone on stderr, asked for on stdout.
assert_exit 0 "$PCARCH" --help
help=$out
assert_err_is ''
assert_out 'pcarch scan '
assert_exit 0 "$PCARCH" help
assert_out_is "$help"
assert_exit 2 "$PCARCH"
assert_out_is ''
assert_err_is "$help"
assert_lacks "$help" 'More:' 'a command without a group in cli/cmd_help.c: the help'

# Each command stands in the list once, and its own help fits and is whole.
names=$(commands)
[ -n "$names" ] || fail 'no command is listed'
for name in $names; do
	assert_equal "$(grep -c "^  $name  *[a-z]" <<<"$help")" 1 "$name in the list"
	assert_exit 0 "$PCARCH" help "$name"
	long=$out
	assert_exit 0 "$PCARCH" "$name" --help
	assert_out_is "$long"
	assert_exit 0 "$PCARCH" --help "$name"
	assert_out_is "$long"
	assert_equal "$(awk 'length($0) > 80' <<<"$long")" '' "over 80 columns in $name --help"
	for heading in Usage: Options: Examples: 'Exit status:'; do
		grep -qx "$heading" <<<"$long" || fail "$name --help has no '$heading'"
	done
	assert_exit 2 "$PCARCH" "$name" --bogus-option
	assert_out_is ''
done

# Unknown words.
refused "pcarch: error: unknown command 'explian'; did you mean 'explain'?" explian
refused "pcarch: error: unknown command 'frobnicate'; 'pcarch --help' lists them" frobnicate
refused "pcarch help: error: unknown command 'explian'; did you mean 'explain'?" help explian
refused "pcarch: error: unknown option '--versoin'; did you mean '--version'?" --versoin
refused "pcarch: error: option '--color' takes auto, always or never, not 'sometimes'" \
	--color=sometimes help
refused "pcarch completion: error: unknown shell 'bsh'; did you mean 'bash'?" completion bsh
refused "pcarch: error: unknown command '\\x1B[2J'; 'pcarch --help' lists them" "$escape[2J"

# Colours, asked for before the command or after it; the last one counts.
assert_exit 0 "$PCARCH" explain PCA001
assert_lacks "$out" "$escape" 'a file'
assert_exit 0 "$PCARCH" --color=always explain PCA001
assert_out "$escape[1mPCA001"
colored=$out
assert_exit 0 "$PCARCH" explain PCA001 --color always
assert_out_is "$colored"
assert_exit 0 "$PCARCH" --color=always explain PCA001 --color=never
assert_lacks "$out" "$escape" '--color=never'

# Findings.
assert_exit 0 "$PCARCH" explain
[ "$(grep -c '^PCA[0-9]' <<<"$out")" -ge 15 ] || fail 'not all findings are listed'
assert_equal "$(awk 'length($0) > 80' <<<"$out")" '' 'over 80 columns'
assert_exit 0 "$PCARCH" explain pca002
by_id=$out
assert_exit 0 "$PCARCH" explain unit-partial
assert_out_is "$by_id"
refused "pcarch explain: error: no finding is called 'unit-partal'; did you mean 'unit-partial' (PCA002)?" \
	explain unit-partal
assert_exit 2 "$PCARCH" explain PCA001 PCA999
assert_out_is ''

# A full disk and a closed stdout are errors, said in one line; a closed stderr is nothing.
status=0
"$PCARCH" explain >/dev/full 2>err || status=$?
assert_equal "$status" 2 'exit status on a full disk'
assert_equal "$(cat err)" \
	'pcarch: error: cannot write to standard output: No space left on device' stderr
status=0
"$PCARCH" explain >&- 2>err || status=$?
assert_equal "$status" 2 'exit status with stdout closed'
assert_equal "$(wc -l <err)" 1 'lines on stderr'
"$PCARCH" explain PCA001 2>&- >file || fail 'a closed stderr matters'
assert_file file

# A reader that left ends it quietly, at the first write (a full pipe) or at the last flush.
mkfifo pipe
many=$(for _ in $(seq 200); do echo PCA001 PCA002 PCA008; done)
for arguments in PCA001 "$many"; do
	# Opening for reading and writing needs no partner; then the reader goes, before the program.
	exec 7<>pipe 8>pipe 7<&-
	status=0
	# shellcheck disable=SC2086
	"$PCARCH" explain $arguments >&8 2>err || status=$?
	exec 8>&-
	assert_equal "$status" 0 'exit status on a closed pipe'
	assert_equal "$(cat err)" '' 'stderr on a closed pipe'
done

# As a compiler, where there is `extract`.
if grep -qx extract <<<"$names"; then
	ln -s "$PCARCH" pcarch-cc
	run ./pcarch-cc --version-of-nothing
	assert_lacks "$err" 'unknown option' stderr
	assert_lacks "$err" 'pcarch: error' stderr
fi
