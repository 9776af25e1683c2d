#!/usr/bin/env bash
# Static checks: formatting of all C++, clang-tidy over the runtime, syntax of scripts. Usage: lint.sh BUILD [FILE...]
# With files, clang-tidy reads only these: of the runtime, since clang 14 cannot read the compiler's headers of LLVM 22
# with g++'s precompiled header. A file takes it five to ten seconds, so all processors work.
set -euo pipefail
build=$1
shift
status=0
[ $# -gt 0 ] || mapfile -t files < <(git ls-files 'runtime/*.cpp')
[ $# -eq 0 ] || files=("$@")
for file in "${files[@]}"; do
  [[ $file == runtime/*.cpp && -f $file ]] || { echo "lint: not a .cpp of the runtime: $file" >&2; exit 2; }
done
tidy() {
  clang-tidy -p "$1" --quiet "$2" 2> >(grep -v ' warnings\? generated' >&2)
}
export -f tidy
git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run -Werror || status=1
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -I FILE bash -c 'tidy "$0" FILE' "$build" || status=1
git ls-files '*.py' | xargs python3 -m py_compile || status=1
bash -n dev cmake/lint.sh examples/digits/demo.sh .ci/run || status=1
[ $status = 0 ] && echo "lint: nothing to say"
exit $status
