// The C ABI between a compiled program and the runtime: the object file that `nnc` writes exports the
// constant `nn_program_descriptor`, the runtime's `main` reads it, and compiled code calls the few `nnrt_`
// functions at the end of this page. Nothing else crosses the border.
//
// All tensors of a program live in one arena, planned at compile time; a tensor is an offset into it.
// An entry reads and writes the arena only: its inputs (batch, scalars) are tensors the runtime fills first.
#ifndef NN_RUNTIME_ABI_PROGRAM_H
#define NN_RUNTIME_ABI_PROGRAM_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// One more with every change of this page that an object file or a runtime of before would not understand: a
// member, a value or a function that is new, gone, moved or means something else. The runtime runs no program
// of another version.
enum { NN_ABI_VERSION = 2, NN_ARENA_ALIGNMENT = 64 };

typedef enum nn_dtype { NN_F32 = 1, NN_F64 = 2, NN_I32 = 3, NN_I64 = 4 } nn_dtype;

// A row-major tensor in the arena. An axis of length -1 is the batch: as many rows as the call says, stored
// with room for `nn_program.batch` rows. Scalars have rank 0.
typedef struct nn_tensor {
  const char *name; // path in the program, `LeNet.Conv_1.W`
  uint32_t dtype;   // nn_dtype
  uint32_t rank;
  const int64_t *shape;
  uint64_t offset; // bytes from the arena's start, a multiple of NN_ARENA_ALIGNMENT
  uint64_t bytes;  // 0: no entry uses it, so it has no place in the arena
} nn_tensor;

// One named literal of the source text: an argument of a data source, a preprocessing step, an augmentation.
// Every argument has the name of its parameter, except paths.
typedef struct nn_value {
  const char *name; // "" for a path
  const char *text; // string or word, NULL for a number
  double number;    // 1 and 0 for true and false; the default where a hyperparameter gives the number
  uint32_t hyper;   // 1 + the index of the hyperparameter that gives the number at run time, or 0
} nn_value;

// `idx("a", "b")`, `scale(0.003921)`, `zscore`.
typedef struct nn_call {
  const char *name;
  uint32_t argument_count;
  const nn_value *arguments;
} nn_call;

typedef enum nn_field_kind {
  NN_FIELD_PLAIN = 0,    // `field`: the values of a record as its source has them
  NN_FIELD_COLUMN = 1,   // `column` of a table
  NN_FIELD_TARGET = 2,   // `target` of a table
  NN_FIELD_SKIP = 3,     // columns that are left out: no input
  NN_FIELD_FEATURES = 4, // finished values of all columns but targets and indices, in text order
  NN_FIELD_SOFT = 5      // the probabilities of the classes of field `of`
} nn_field_kind;

// What a cell of a table holds.
typedef enum nn_cell {
  NN_CELL_NUMBER = 0,
  NN_CELL_CLASS = 1, // a number in [0, classes)
  NN_CELL_CATEGORY =
      2, // a text, one of `categories`: one-hot in a column, a class with `index` or in a target
  NN_CELL_DATE = 3
} nn_cell;

// A part of a record. `input` is its batch buffer.
typedef struct nn_field {
  const char *name;
  int64_t classes; // k for `class(k)` and for categories as classes, else 0
  uint32_t step_count;
  const nn_call *steps;    // preprocessing, in text order
  nn_tensor input;         // shape [-1, ...]: labels are NN_I32, the rest the program's float type
  uint32_t kind;           // nn_field_kind
  uint32_t cell;           // nn_cell
  const char *source_name; // the name that the source has for it
  int64_t span;            // columns of the source that it takes, side by side
  int64_t categories;      // k of `category(k)`, else 0
  uint32_t has_unknown;    // a category more for cells that are none of these
  uint32_t augment_count;
  const nn_call *augments; // in text order
  uint32_t of;             // soft: index of its field
} nn_field;

// A split that the text does not give has `name` NULL.
typedef struct nn_data {
  const char *name;
  nn_call train, validation, test;
  double validation_share, test_share; // `validation = 10% of train` is 0.1, else 0
  uint32_t field_count;
  const nn_field *fields;
  nn_tensor ids;     // NN_I64 [-1]: the index of each row's record in its source, keys random numbers
  nn_call partition; // how the records of `train` are parted; `name` NULL: by the shares above
  nn_call windows;   // records are windows over the rows; `name` NULL: they are the rows
  uint32_t drops_duplicates;
  uint32_t balance; // 1 + the index of the field by whose classes training is balanced, or 0
} nn_data;

typedef enum nn_range {
  NN_RANGE_NONE = 0,
  NN_RANGE_LINEAR = 1,
  NN_RANGE_LOG = 2,
  NN_RANGE_LIST = 3
} nn_range;
typedef enum nn_hyper_type { NN_HYPER_FLOAT = 1, NN_HYPER_INT = 2, NN_HYPER_BOOL = 3 } nn_hyper_type;

// A hyperparameter. A compiled one changes the program, so its value is fixed; the others are read from
// their scalar slot, which the runtime fills from `--set`.
typedef struct nn_hyper {
  const char *name;
  const char *doc; // "" without a doc comment
  uint32_t type;   // nn_hyper_type
  uint32_t compiled;
  double value;   // the default, or the compiled value
  uint32_t range; // nn_range; bounds are inclusive
  double low, high;
  uint32_t choice_count;
  const double *choices; // NN_RANGE_LIST
  nn_tensor slot;        // rank 0, unused when compiled
} nn_hyper;

// A number that an entry leaves in the arena: a loss term, the mean over the rows of the call.
typedef struct nn_result {
  const char *name;
  nn_tensor value; // rank 0
} nn_result;

// How a tensor that `eval` leaves is joined over the records of a split.
typedef enum nn_total_kind {
  NN_TOTAL_SUM = 1, // over the first axis if it is -1, and over the calls
  NN_TOTAL_MAX = 2,
  NN_TOTAL_MIN = 3,
  NN_TOTAL_MEAN = 4,     // over all axes but the last
  NN_TOTAL_VARIANCE = 5, // the same, biased
  NN_TOTAL_AREA = 6,     // [-1, n, 2]: a score and whether it is positive; area under the ROC curve
  NN_TOTAL_LAST = 7      // the same in every call
} nn_total_kind;
typedef struct nn_total {
  uint32_t kind; // nn_total_kind
  nn_tensor value;
} nn_total;

// A step from totals to measures, computed in double when the split is through: the ops of the nn dialect,
// `reduce_sum`, `lt`, and `constant`, `total`, `rows`.
typedef struct nn_node {
  const char *op;
  uint32_t operand_count;
  const int64_t *operands; // earlier nodes
  uint32_t rank;
  const int64_t *shape;
  uint32_t axis_count;
  const int64_t *axes;    // broadcast, reduce: axes; transpose: permutation; slice: starts
  const int64_t *strides; // slice, as many as axes
  double number;          // constant: the value; total: its index; rows: a factor
} nn_node;

typedef struct nn_measure {
  const char *name;
  int64_t node;
} nn_measure;

// What a kernel of a step does for its layer. An update that is fused with the gradient it needs is part of
// the backward pass.
typedef enum nn_stage { NN_FORWARD = 0, NN_BACKWARD = 1, NN_OPTIMIZER = 2, NN_STAGES = 3 } nn_stage;

// What an entry is asked to do besides, bit by bit.
typedef enum nn_watch {
  NN_WATCH_CHECKS = 1, // call nnrt_check after each kernel
  NN_WATCH_TIME = 2    // in a step, call nnrt_mark after each kernel
} nn_watch;

// Runs on the first `rows` rows of its batch inputs, 1 <= rows <= nn_program.batch; `watch` is made of
// nn_watch. Reads and writes the arena only, allocates nothing.
typedef void (*nn_entry)(uint8_t *arena, int64_t rows, int32_t watch);

typedef struct nn_train {
  const char *name;
  uint32_t data; // index of its data set, or of the first: an epoch is over that one
  uint32_t other_count;
  const int64_t *others; // indices of the other data sets, which cycle beside it
  int64_t batch;
  int64_t epochs;
  int32_t epochs_hyper, batch_hyper; // hyperparameter that sets it, or -1
  nn_entry step; // one optimizer step: updates parameters, state, optimizer state; leaves the terms
  nn_entry eval; // terms and totals, with `training` false
  uint32_t term_count;
  const nn_result *terms; // of step; terms[0] is the total, "loss"
  uint32_t eval_term_count;
  const nn_result *eval_terms; // of eval, the same names
  uint32_t measure_count;
  const nn_measure *measures;
  uint32_t total_count;
  const nn_total *totals; // of eval
  uint32_t node_count;
  const nn_node *nodes;
} nn_train;

typedef struct nn_output {
  const char *name;
  nn_tensor value; // [-1, ...]
} nn_output;

// A row of `summary`, in the order of application: those of `predict`, then what only trainings have.
typedef struct nn_layer {
  const char *path; // LeNet.Conv_1
  uint32_t rank;
  const int64_t *shape; // output; -1 is the batch
  int64_t parameters;
  int64_t macs;  // multiply-adds for one row, forward
  int64_t bytes; // of its parameters and state
} nn_layer;

typedef struct nn_program {
  uint32_t abi_version;
  uint32_t dtype;               // NN_F32 or NN_F64: of parameters, state and scalars
  const char *name;             // file name without .nn
  const char *source_directory; // absolute
  const char *compiler, *cpu;   // "nnc 0.1.0", "sapphirerapids"
  // What the entries need of the processor, by the names of CpuFeatures.def: check before calling one.
  uint32_t feature_count;
  const char *const *features;
  uint64_t arena_bytes;
  uint64_t persistent_bytes; // parameters, state and optimizer state are at the arena's start
  int64_t batch;             // rows that the batch buffers have room for

  uint32_t parameter_count, state_count, optimizer_count;
  const nn_tensor *parameters, *states, *optimizer; // `state` of networks; state of optimizers

  // Scalars, rank 0, filled before each call. seed: NN_I64. step, steps, epoch, epochs: NN_I64, all from 1.
  nn_tensor seed, step, steps, epoch, epochs;

  uint32_t hyper_count, data_count, train_count, output_count, layer_count;
  const nn_hyper *hypers;
  const nn_data *data;
  const nn_train *trains;
  const nn_output *outputs; // of `predict`
  const nn_layer *layers;
  // What the index of a check or a mark names: paths of layers.
  uint32_t check_count;
  const char *const *checks;

  nn_entry init;    // parameters, state and optimizer state from `seed`; ignores rows
  nn_entry fold;    // values that depend on parameters and state only; call after these change, before eval
                    // and predict. NULL where there are none
  nn_entry predict; // NULL without a `predict` statement
  uint32_t predict_data; // data set whose fields `predict` reads
} nn_program;

extern const nn_program nn_program_descriptor; // the symbol that the object file exports

// --- what compiled code calls -----------------------------------------------------------------------------

// Calls body(context, i) for every i in [0, chunks), each once, on the threads of the pool; returns when all
// are done. Order is free, so chunks must not depend on each other.
void nnrt_parallel_for(void (*body)(void *context, int64_t chunk), void *context, int64_t chunks);

// Looks for NaN and infinity in `count` values of the program's float type and keeps the first index that has
// one.
void nnrt_check(int64_t index, const void *values, int64_t count);

// A kernel of that layer and nn_stage has ended; -1 where it belongs to no layer.
void nnrt_mark(int64_t index, int32_t stage);

#ifdef __cplusplus
}
#endif
#endif
