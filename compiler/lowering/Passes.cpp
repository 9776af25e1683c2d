#include "compiler/lowering/Passes.h"
