// Two halves instead of a list by age: a look-up moves nothing but what comes back from the older half.
#include "adapters/stores/sqlite/series_memory.hpp"

#include <utility>

namespace lienthong::adapters::store {
namespace {

// Changes when another connection has committed to the file since it was last asked, and never by our own commits.
constexpr const char* file_version = "PRAGMA data_version";

/// Each text after its length in four bytes, so that a letter cannot move from one to the next unseen.
void append_sized(std::string& out, std::string_view text)
{
    const auto size = static_cast<std::uint32_t>(text.size());
    for (unsigned shift = 0; shift < 32; shift += 8)
        out += static_cast<char>(size >> shift & 0xffU);
    out += text;
}

}  // namespace

void write_key(std::string& out, const SeriesKey& key)
{
    out.clear();
    for (const std::string* field : {&key.indicator, &key.measure, &key.period, &key.area, &key.breakdown, &key.agency})
        append_sized(out, *field);
}

void write_content(std::string& out, const Observation& observation)
{
    out.clear();
    out += static_cast<char>(observation.vintage);
    out += static_cast<char>(observation.availability);
    for (const std::string* field : {&observation.value, &observation.unit, &observation.window, &observation.source})
        append_sized(out, *field);
}

void SeriesMemory::refresh(sqlite::Connection& connection)
{
    std::int64_t version = 0;
    {
        sqlite::Query query = connection.query(file_version);
        query.next();
        version = query.integer(0);
    }
    if (version == file_version_ && connection.rollbacks() == rollbacks_)
        return;
    recent_.clear();
    older_.clear();
    file_version_ = version;
    rollbacks_ = connection.rollbacks();
}

SeriesHead* SeriesMemory::find(std::string_view key)
{
    if (const auto it = recent_.find(key); it != recent_.end())
        return &it->second;
    const auto it = older_.find(key);
    if (it == older_.end())
        return nullptr;
    SeriesHead head = std::move(it->second);
    older_.erase(it);
    return &put(key, std::move(head));
}

SeriesHead& SeriesMemory::put(std::string_view key, SeriesHead head)
{
    if (recent_.size() >= most_in_half_) {
        older_ = std::move(recent_);
        recent_ = Half();
    }
    return recent_.insert_or_assign(std::string(key), std::move(head)).first->second;
}

}  // namespace lienthong::adapters::store
