# Steps of a script: one line each when they pass, their whole log when they fail. Source it from
# the root of the checkout.
set -u

logs=build/logs
failed=()
mkdir -p "$logs"

# die SENTENCE: the script cannot go on.
die() {
	echo "$(basename "$0"): error: $*" >&2
	exit 1
}

# step NAME COMMAND...: run it silently; its log is build/logs/NAME.log. False when it failed.
step() {
	local name=$1 log start=$SECONDS status
	shift
	log=$logs/${name//[^a-zA-Z0-9]/-}.log
	[ -t 1 ] && printf '...   %s\r' "$name"
	"$@" >"$log" 2>&1 </dev/null
	status=$?
	if [ $status = 0 ]; then
		printf 'ok    %-34s %4d s\n' "$name" $((SECONDS - start))
		return 0
	fi
	printf 'FAIL  %-34s %4d s   exit %d, %s\n' "$name" $((SECONDS - start)) $status "$log"
	cat "$log"
	failed+=("$name")
	return $status
}

# must NAME COMMAND...: a step without which nothing after it makes sense.
must() {
	step "$@" || die "'$1' failed; its log is above"
}
