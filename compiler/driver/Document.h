// `nnc doc [FILE...]`: a reference from doc comments.
#ifndef NN_DRIVER_DOCUMENT_H
#define NN_DRIVER_DOCUMENT_H

#include "compiler/driver/Options.h"

namespace nn {

// Of the files, or of the standard library, as Markdown or HTML. The exit code.
int document(const Options &options);

} // namespace nn
#endif
