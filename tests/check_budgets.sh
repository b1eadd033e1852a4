#!/bin/bash
# Budgets of the tool's own code: 500 lines a file, 60 a function, 3 levels of nesting; and no file
# named for what it is not. Usage: tests/check_budgets.sh [ROOT]; exit 77 without universal-ctags.
cd "${1:-.}" || exit 2
max_file=500
max_function=60
ctags --version 2>/dev/null | grep -q 'Universal Ctags' || { echo "skipped: universal-ctags is not installed"; exit 77; }

dirs=()
for dir in core analyzer cli tracer diff examples bench; do
	[ -d "$dir" ] && dirs+=("$dir")
done
mapfile -t files < <(find "${dirs[@]}" -name build -prune -o -name '*.[ch]' -print | sort)
[ ${#files[@]} -gt 0 ] || { echo "no sources under '$PWD'"; exit 2; }
bad=0

while read -r lines file; do
	if [ "$lines" -gt $max_file ] && [ "$file" != total ]; then
		echo "$file: $lines lines, of at most $max_file: find the second noun"
		bad=1
	fi
done < <(wc -l "${files[@]}")

over=$(ctags --languages=C --langmap=C:.c.h --kinds-C=f --fields=+ne --sort=no -f - "${files[@]}" |
	awk -F '\t' -v max=$max_function '{
		line = end = 0
		for (i = 4; i <= NF; i++) {
			if ($i ~ /^line:/) line = substr($i, 6)
			if ($i ~ /^end:/) end = substr($i, 5)
		}
		if (end - line + 1 > max)
			printf "%s:%d: %s has %d lines, of at most %d\n", $2, line, $1, end - line + 1, max
	}')
if [ -n "$over" ]; then
	echo "$over"
	bad=1
fi

# By the eight-column tabs that clang-format keeps: clang-tidy would count the insides of uthash's macros.
deep=$(grep -nHE "^$(printf '\t\t\t\t')+(if|for|while|switch|do)\>" "${files[@]}")
if [ -n "$deep" ]; then
	echo "$deep"
	echo "  ^ deeper than 3 levels: make it a function"
	bad=1
fi

vague=$(printf '%s\n' "${files[@]}" | grep -E '(^|/)(utils?|common|helpers?|misc|types)\.[ch]$')
if [ -n "$vague" ]; then
	echo "$vague: name the file for what it knows"
	bad=1
fi

[ $bad = 0 ] && echo "${#files[@]} files are within budget"
exit $bad
