/// Row answer: gathers a result's rows as text, within what the request allows.
#pragma once

#include "hub/model/json_text.hpp"
#include "hub/ports/transport.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

/// One thread at a time. Whatever refuses is told once by refused(); the rest of the result need not be read then.
class RowAnswer
{
public:
    RowAnswer(std::size_t most_rows, std::size_t most_bytes) : most_rows_(most_rows), most_bytes_(most_bytes) {}

    /// Before the first row. Refuses two columns of one name.
    bool begin(std::vector<std::string> columns);
    /// A row's values come in the columns' order; no text is NULL.
    bool add(const std::vector<std::optional<std::string_view>>& row);
    /// Refuses bytes in a column; `remedy` says how the database renders them as text.
    bool refuse_bytes(std::string_view column, std::string_view remedy);

    [[nodiscard]] HttpAnswer answer() &&;

private:
    bool refuse(int status, std::string why);

    std::size_t most_rows_, most_bytes_, rows_ = 0;
    std::vector<std::string> columns_;
    JsonWriter out_;
    std::optional<HttpAnswer> refused_;
};

}  // namespace lienthong::adapters
