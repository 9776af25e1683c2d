#include "compiler/transforms/Passes.h"
