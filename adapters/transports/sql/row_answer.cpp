// Rows as JSON, every value as the text it came as.
#include "adapters/transports/sql/row_answer.hpp"

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "hub/model/problem.hpp"
#include "hub/model/utf8.hpp"

#include <algorithm>

namespace lienthong::adapters {

bool RowAnswer::refuse(int status, std::string why)
{
    if (!refused_)
        refused_ = refusal(status, std::move(why));
    return false;
}

bool RowAnswer::begin(std::vector<std::string> columns)
{
    columns_ = std::move(columns);
    for (auto at = columns_.begin(); at != columns_.end(); ++at)
        if (std::find(columns_.begin(), at, *at) != at)
            return refuse(400, "two columns are called '" + shortened(*at) + "': give one of them another name with AS");
    out_.begin_object().key("columns").begin_array();
    for (const std::string& column : columns_)
        out_.text(column);
    out_.end_array().key("rows").begin_array();
    return true;
}

bool RowAnswer::add(const std::vector<std::optional<std::string_view>>& row)
{
    if (++rows_ > most_rows_)
        return refuse(413, "the query gives more than " + std::to_string(most_rows_) + " rows: end it with LIMIT :limit");
    out_.begin_array();
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (!row[i]) {
            out_.null();
            continue;
        }
        if (first_not_utf8(*row[i]) != row[i]->size())
            return refuse(415,
                          "the column '" + shortened(columns_[i]) + "' holds text that is not UTF-8: convert it in the query");
        out_.text(*row[i]);
    }
    out_.end_array();
    if (out_.size() > most_bytes_)
        return refuse(413, "the rows have more than " + std::to_string(most_bytes_) +
                               " bytes: ask for fewer rows at a time, or fewer columns");
    return true;
}

bool RowAnswer::refuse_bytes(std::string_view column, std::string_view remedy)
{
    return refuse(415, "the column '" + shortened(column) +
                           "' holds bytes, which are no figures: leave it out of the query, or render it, such as by " +
                           std::string(remedy));
}

HttpAnswer RowAnswer::answer() &&
{
    if (refused_)
        return std::move(*refused_);
    out_.end_array().end_object();
    return {200, {{"Content-Type", "application/json"}}, out_.take()};
}

}  // namespace lienthong::adapters
