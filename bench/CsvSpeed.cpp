// How fast a table of numbers is read, on one core. `bench-csv FILE NUMBERS [CATEGORIES]` reads a file
// without header twice: columns of numbers and behind them, if any, of categories. It prints megabytes (1e6
// bytes) a second: of the records alone, and of the whole way to a table. `bench-csv --write FILE MEGABYTES`
// makes one of that size, of 20 columns as prices and measurements look; `bench-csv MEGABYTES` does both in
// $TMPDIR.
#include "runtime/data/table/ReadTable.h"

#include <ctime>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <unistd.h>
#include <vector>

using namespace nnrt;

namespace {

// Of this thread, so that what else the machine does is not measured.
double now() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

bool writeNumbers(const std::string &path, double bytes, int columns) {
  std::FILE *file = std::fopen(path.c_str(), "w");
  if (!file)
    return false;
  std::mt19937 random(1);
  std::uniform_real_distribution<double> value(-1000, 1000);
  for (double written = 0; written < bytes;)
    for (int i = 0; i < columns; ++i) {
      int digits = i % 3 == 0 ? 0 : i % 3 == 1 ? 2 : 6;
      written += std::fprintf(file, "%.*f%c", digits, value(random), i + 1 == columns ? '\n' : ',');
    }
  return std::fclose(file) == 0;
}

int fail(const Error &error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 1;
}

int measure(const std::string &path, int numbers, int categories) {
  nn_value arguments[] = {{"", path.c_str(), 0, 0}, {"header", nullptr, 0, 0}, {"separator", ",", 0, 0}};
  nn_call call{"csv", 3, arguments};
  std::vector<nn_field> fields(static_cast<size_t>(numbers + categories));
  for (size_t i = 0; i < fields.size(); ++i) {
    nn_field &field = fields[i];
    field = {};
    field.name = field.source_name = "x";
    field.kind = NN_FIELD_COLUMN;
    field.span = 1;
    if (i >= size_t(numbers)) {
      field.cell = NN_CELL_CATEGORY;
      field.categories = 50;
    }
  }
  nn_data data = {};
  data.name = "numbers";
  data.field_count = uint32_t(fields.size());
  data.fields = fields.data();

  auto bytes = ByteReader::open(path);
  if (!bytes)
    return fail(bytes.error());
  double size = double(bytes->fileSize()), start = now();
  auto reader = CsvReader::over(std::move(*bytes), *csvFormatOf(call));
  int64_t records = 0;
  for (auto any = reader->next(); any && *any; any = reader->next())
    ++records;
  double scanned = now();
  ReadContext context;
  auto table = readTable(data, call, Purpose::training, context);
  if (!table)
    return fail(table.error());
  double read = now();
  std::printf("%lld records, %.1f MB: records alone %.0f MB/s, into a table %.0f MB/s\n",
              static_cast<long long>(table->records), size / 1e6, size / 1e6 / (scanned - start),
              size / 1e6 / (read - scanned));
  return records == table->records ? 0 : 1;
}

} // namespace

int main(int argc, char **argv) {
  if (argc == 4 && std::string(argv[1]) == "--write")
    return writeNumbers(argv[2], std::atof(argv[3]) * 1e6, 20) ? 0 : 1;
  if (argc == 3 || argc == 4)
    return measure(argv[1], std::atoi(argv[2]), argc == 4 ? std::atoi(argv[3]) : 0);
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s MEGABYTES | FILE NUMBERS [CATEGORIES] | --write FILE MEGABYTES\n",
                 argv[0]);
    return 2;
  }
  const char *folder = std::getenv("TMPDIR");
  std::string path =
      std::string(folder ? folder : "/tmp") + "/bench-csv-" + std::to_string(getpid()) + ".csv";
  int outcome = writeNumbers(path, std::atof(argv[1]) * 1e6, 20) ? measure(path, 20, 0) : 1;
  unlink(path.c_str());
  return outcome;
}
