/// The store's tables. Decimals are text, times microseconds since 1970, enumerators their numbers in hub/model.
#pragma once

#include "adapters/sqlite/database.hpp"

namespace lienthong::adapters::store {

extern const sqlite::Schema schema;

}  // namespace lienthong::adapters::store
