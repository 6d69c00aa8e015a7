/// How the difference between two catalogues is shown, wherever it is.
#pragma once

#include "hub/catalogue/diff.hpp"
#include "hub/model/json_text.hpp"

namespace lienthong::cli {

/// "indicators.csv  +2 -0 ~1", then row by row.
void print_file_diff(const catalogue::FileDiff& file);
void write_file_diff(JsonWriter& out, const catalogue::FileDiff& file);

}  // namespace lienthong::cli
