#include "compiler/autodiff/Passes.h"
