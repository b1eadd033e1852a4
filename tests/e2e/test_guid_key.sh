# pcarch guid key: key files are made, rotated and refused; what old keys tagged stays readable.
. "$(dirname "$0")/lib.sh"
need_pcarch guid
cd "$tmp" || exit 1
cp "$SOURCE_DIR/tests/golden/show/commands.json" static.json
default=$HOME/.config/pcarch/guid.key

# The first key, in its default place, for us alone; the key itself is never printed.
refused() {
	assert_exit 2 "$PCARCH" guid "${@:2}"
	assert_out_is ''
	assert_err "$1"
}
refused "key '$default' does not exist; 'pcarch guid key new' makes one" key list
refused "does not exist" key rotate
assert_exit 0 "$PCARCH" guid new vault get --format json
assert_json "$tmp/.out" "d['key_id'] == 'unkeyed'"
assert_exit 0 "$PCARCH" guid key new
first=$(cat "$tmp/.out")
[[ $first =~ ^[0-9a-f]{8}$ ]] || fail "'$first' is no key id"
assert_equal "$(stat -c %a "$default")" 600 'the mode of the key'
[[ $(cat "$default") =~ ^[0-9a-f]{64}$ ]] || fail 'the key is no line of 64 digits'
refused "'$default' is there already; 'pcarch guid key rotate' puts a new key in its place and keeps it" key new
assert_exit 0 "$PCARCH" guid key list
assert_out_is "$first  $default  current"
! grep -qF "$(cat "$default")" "$tmp/.out" || fail 'the key was printed'

# After rotations, every GUID decodes, and says by which key.
for i in 1 2 3; do
	"$PCARCH" guid new vault key add --format json >new.$i
	"$PCARCH" guid key rotate >/dev/null || fail "rotation $i"
done
for i in 1 2 3; do
	assert_exit 0 "$PCARCH" guid decode --format json "$(json new.$i '[d["guid"]]')"
	assert_json "$tmp/.out" "d['key_id'] == '$(json new.$i '[d["key_id"]]')' and d['steps'][2] == 'CMD:add'"
done
assert_exit 0 "$PCARCH" guid key list --format json
assert_json "$tmp/.out" "[k['current'] for k in d] == [True, False, False, False] and len({k['key_id'] for k in d}) == 4"
assert_json "$tmp/.out" "all(k['file'].endswith('guid.key.' + k['key_id']) for k in d[1:])"

# An old key that is exposed is not used, and said; the rest goes on.
guid=$(json new.1 '[d["guid"]]')
chmod 644 "$default.$first"
assert_exit 1 "$PCARCH" guid decode "$guid"
assert_err "warning: key '$default.$first' can be read or written by others"
assert_exit 1 "$PCARCH" guid key list
assert_out "can be read or written by others; 'chmod 600' it"
chmod 600 "$default.$first"
mv "$default.$first" "$default.00000000"
assert_exit 1 "$PCARCH" guid key list
assert_out 'is another key than its name says'
mv "$default.00000000" "$default.$first"

# A current key that is of no use is an error for all that need one: nothing goes on unkeyed.
unusable() {
	refused "key 'k' $1" new vault get --key-file k
	refused "key 'k' $1" decode "$guid" --key-file k
	refused "key 'k' $1" verify "$guid" PROG:vault --key-file k
	refused "key 'k' $1" key rotate --key-file k
	PCARCH_GUID_KEY_FILE=k refused "key 'k' $1" new vault get
}
unusable 'does not exist'
cp "$default" k && chmod 640 k
unusable 'can be read or written by others'
chmod 602 k
unusable 'can be read or written by others'
rm k && ln -s "$default" k
unusable 'is a symbolic link, which is not followed'
rm k && mkdir k
unusable 'is not a regular file'
rmdir k && (umask 077 && head -c 63 "$default" >k)
unusable 'is not a key: 64 hex digits'
(umask 077 && head -c 32 /dev/zero >k)
unusable 'is not a key: 64 hex digits'
printf '%064d\n' 0 >k
unusable 'holds only zeros'

refused "'key' takes one of new, list and rotate" key
refused "unknown action 'make'; 'key' knows new, list and rotate" key make
PCARCH_GUID_KEY_FILE='' refused 'no key file: name one with --key-file' key new
refused "cannot create '/dev/null/x'" key new --key-file /dev/null/x/key
