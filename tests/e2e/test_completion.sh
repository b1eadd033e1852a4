# Completion scripts, each in its own shell: commands, options, values, operands.
. "$(dirname "$0")/lib.sh"
cd "$tmp" || exit 1
for shell in bash zsh fish; do
	assert_exit 0 "$PCARCH" completion "$shell"
	assert_err_is ''
	printf '%s\n' "$out" >"pcarch.$shell"
done
mkdir -p bin dir.d
ln -s "$PCARCH" bin/pcarch
PATH=$tmp/bin:$PATH
touch a.json b.json 'with space.json' c.txt
cp "$SOURCE_DIR/schemas/examples/static.json" "$SOURCE_DIR/tests/golden/show/commands.json" .
names=$(commands)

# complete_SHELL WORD...: what the last word may become, sorted, a line each.
complete_bash() {
	bash --norc -c '. ./pcarch.bash
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		_pcarch
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@" | LC_ALL=C sort
}

complete_fish() {
	fish --no-config -c '. ./pcarch.fish
		complete -C $argv[1]' "$*" | cut -f 1 | LC_ALL=C sort
}

# An interactive zsh in a pseudo terminal of its own, asked to list what it would insert.
complete_zsh() {
	zsh -f ./ask.zsh "$*" | LC_ALL=C sort -u # a directory is added twice, as such and as a file
}
cat >ask.zsh <<'ZSH'
zmodload zsh/zpty zsh/zselect || exit 77
integer tries=0
rm -f answer answered
zpty -b child zsh -f -i
# No -d FILE: it undoes -D, and the dump is moved over FILE, even over a device.
zpty -w child 'autoload -Uz compinit && compinit -D -u; . ./pcarch.zsh;'
zpty -w child "line=${(qq)1}"
# compadd, replaced, prints the matches that the real one would add.
zpty -w child 'compadd() { local -a found; if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi; builtin compadd -A found "$@"; (( $#found )) && print -rC1 -- $found >>answer; builtin compadd "$@" }'
# No key is sent: those typed before the line editor takes the terminal over may be lost.
zpty -w child 'zle-line-init() { BUFFER=$line CURSOR=$#line; zle complete-word; BUFFER=; print done >answered }; zle -N zle-line-init'
while [[ ! -e answered ]] && (( tries++ < 1000 )); do zpty -r -t child output; zselect -t 1; done
[[ -e answered ]] || { print -u2 'zsh did not complete'; exit 1 }
[[ -e answer ]] && cat answer
zpty -d child
exit 0
ZSH

# offers EXPECTED WORD...: $shell offers exactly the words of EXPECTED for the last WORD.
offers() {
	local got expected
	ran="completion in $shell of: ${*:2}" status=0
	: >"$tmp/.out" >"$tmp/.err"
	got=$("complete_$shell" "${@:2}" 2>"$tmp/.err") || fail "$shell cannot complete"
	# shellcheck disable=SC2086
	expected=$(printf '%s\n' $1 | LC_ALL=C sort)
	[ "$got" = "$expected" ] || fail "offered '$got', expected '$expected'"
}

for shell in bash zsh fish; do
	if ! command -v "$shell" >/dev/null; then
		echo "$shell is not installed: not tested"
		continue
	fi
	"$shell" -n "pcarch.$shell" || fail "the script for $shell has a syntax error"
	offers "$names" pcarch ''
	offers completion pcarch comp
	offers --version pcarch --vers
	offers 'always auto never' pcarch --color ''
	offers completion pcarch --color always comp
	offers 'bash zsh fish' pcarch completion ''
	# Where no operand is left, zsh goes on to the options.
	[ "$shell" = zsh ] || offers '' pcarch completion bash ''
	offers "$(seq -f 'PCA00%.0f' 1 9)" pcarch explain PCA00
	offers extract pcarch help ext
	offers --help pcarch explain --he
	if [ "$shell" = bash ]; then # which makes three words of --color=al
		offers always pcarch --color = al
		offers 'always auto never' pcarch --color =
		offers --color= pcarch explain --col
	fi
	if grep -qx validate <<<"$names"; then
		offers a.json pcarch validate a
	fi
	if grep -qx show <<<"$names"; then
		offers 'callees callers' pcarch show ca
		offers 'store_each store_init store_log' pcarch show callers store_
		offers store_each pcarch show -f static.json callers store_e
		offers '' pcarch show -f no.json callers store_
		offers store_init pcarch show path store_log store_i
		offers src/store pcarch show module src/s
		offers 'list log ls' pcarch show routes l
		offers add pcarch show routes log ''
		offers 'add delete rm' pcarch show -f commands.json routes key ''
		offers delete pcarch show -f commands.json routes vault key d
		offers 'stop status' pcarch show -f commands.json routes vaultd st
		offers 'vault vaultd version' pcarch show -f commands.json routes v
		offers '' pcarch show -f commands.json routes nothing a
		# Where no operand is left, zsh goes on to the options.
		[ "$shell" = zsh ] || offers '' pcarch show entry s
	fi
	if grep -qx export <<<"$names"; then
		offers 'store_each store_init store_log' pcarch export --from store_
		offers store_each pcarch export static.json --to store_e
		offers src/store pcarch export --module src/s
		offers 'metacg metacg4' pcarch export --format meta
		[ "$shell" = bash ] && offers store_each pcarch export --from = store_e
		[ "$shell" = fish ] && offers --from=store_each pcarch export --from=store_e
	fi
	if grep -qx scan <<<"$names"; then
		offers c.txt pcarch scan -o c.
		offers c.txt pcarch scan --output c.
		offers c.txt pcarch scan --rules a.json --rules c.
		offers "dir.d$([ "$shell" = fish ] && echo /)" pcarch scan --root di
	fi
done

# Every option of every command is completed, in every shell.
for name in $names; do
	assert_exit 0 "$PCARCH" "$name" --help
	for option in $(grep -oE '^ .{5}--[a-z-]+' <<<"$out" | grep -oE -- '--[a-z-]+'); do
		complete_bash pcarch "$name" "$option" | grep -qx -- "$option=\?" ||
			fail "bash: '$name' lacks $option"
		grep -qE -- "\"$name\"'( -s .)? -l ${option#--} " pcarch.fish ||
			fail "fish: '$name' lacks $option"
		sed -n "/^	$name)/,/;;/p" pcarch.zsh | grep -qE -- "['{,*]$option[=[}]" ||
			fail "zsh: '$name' lacks $option"
	done
done
