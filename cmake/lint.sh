#!/usr/bin/env bash
# Static checks: formatting of all C++, clang-tidy over the runtime (clang 14 cannot read the compiler's headers of
# LLVM 22 with g++'s precompiled header), syntax of scripts. Usage: lint.sh BUILD
set -euo pipefail
build=$1
status=0
git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run -Werror || status=1
git ls-files 'runtime/*.cpp' | xargs clang-tidy -p "$build" --quiet || status=1
git ls-files '*.py' | xargs python3 -m py_compile || status=1
bash -n dev cmake/lint.sh examples/digits/demo.sh .ci/run || status=1
[ $status = 0 ] && echo "lint: nothing to say"
exit $status
