// The compiler; see `nnc --help`.
#include "compiler/driver/Driver.h"

int main(int argc, char **argv) { return nn::runDriver(argc, argv); }
