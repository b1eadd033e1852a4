#!/bin/bash
# Every C file is as clang-format 14 with .clang-format leaves it. Usage: tests/check_format.sh [ROOT]
cd "${1:-.}" || exit 2
format=$(command -v clang-format-14 || command -v clang-format) ||
	{ echo "skipped: clang-format is not installed"; exit 77; }
# Another version breaks lines elsewhere; its opinion is not ours.
"$format" --version | grep -q 'version 14\.' || { echo "skipped: $format is not version 14"; exit 77; }

dirs=()
for dir in core analyzer cli tracer diff examples bench tests; do
	[ -d "$dir" ] && dirs+=("$dir")
done
# Golden inputs and corpora are data: their layout is what is being tested.
mapfile -t files < <(find "${dirs[@]}" \( -name build -o -path tests/golden -o -path tests/data -o -path tests/fuzz/corpus \) -prune \
	-o -name '*.[ch]' -print | sort)
[ ${#files[@]} -gt 0 ] || { echo "no sources under '$PWD'"; exit 2; }
"$format" --dry-run -Werror "${files[@]}" || { echo "run: clang-format -i FILE..."; exit 1; }
echo "${#files[@]} files are formatted"
