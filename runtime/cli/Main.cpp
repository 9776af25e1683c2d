// `main` of every compiled program.
#include "runtime/cli/Commands.h"

int main(int argc, char **argv) { return nnrt::runProgram(argc, argv, nn_program_descriptor); }
