#!/usr/bin/env bash
# Compiles, trains and evaluates the example, in a folder of its own. Usage: demo.sh NNC
set -euo pipefail
nnc=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")"
"$nnc" model.nn -o model
./model train
./model eval
