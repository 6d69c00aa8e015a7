// Netstrings and state bytes.
#include "adapters/stores/sqlite/encoding.hpp"

#include <charconv>
#include <stdexcept>

namespace lienthong::adapters::store {
namespace {

constexpr unsigned untouched_bit = 0x80;
constexpr unsigned first_seen_bit = 0x40;

[[noreturn]] void damaged()
{
    throw std::runtime_error("a list in the store is damaged");
}

}  // namespace

void append_text(std::string& out, std::string_view text)
{
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, text.size()).ptr;
    out.append(digits, end);
    out += ':';
    out += text;
    out += ',';
}

std::string_view TextReader::next()
{
    std::size_t size = 0;
    const char* const begin = rest_.data();
    const auto [colon, error] = std::from_chars(begin, begin + rest_.size(), size);
    const auto at = static_cast<std::size_t>(colon - begin);
    if (error != std::errc{} || rest_.size() - at < 2 || size > rest_.size() - at - 2 || rest_[at] != ':' ||
        rest_[at + 1 + size] != ',')
        damaged();
    const std::string_view text = rest_.substr(at + 1, size);
    rest_.remove_prefix(at + 2 + size);
    return text;
}

std::string encoded(const std::vector<std::string>& texts)
{
    std::string out;
    for (const std::string& text : texts)
        append_text(out, text);
    return out;
}

std::vector<std::string> texts_from(std::string_view bytes)
{
    std::vector<std::string> texts;
    for (TextReader reader(bytes); !reader.at_end();)
        texts.emplace_back(reader.next());
    return texts;
}

std::string encoded(const std::vector<std::int64_t>& ids)
{
    std::string out;
    for (const std::int64_t id : ids)
        append_text(out, std::to_string(id));
    return out;
}

std::vector<std::int64_t> ids_from(std::string_view bytes)
{
    std::vector<std::int64_t> ids;
    for (TextReader reader(bytes); !reader.at_end();) {
        const std::string_view text = reader.next();
        if (const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ids.emplace_back());
            error != std::errc{} || end != text.data() + text.size())
            damaged();
    }
    return ids;
}

std::string encoded(const std::vector<Problem>& problems)
{
    std::string out;
    for (const Problem& problem : problems)
        for (const std::string* field :
             {&problem.code, &problem.detail, &problem.place, &problem.found, &problem.expected, &problem.rule})
            append_text(out, *field);
    return out;
}

std::vector<Problem> problems_from(std::string_view bytes)
{
    std::vector<Problem> problems;
    for (TextReader reader(bytes); !reader.at_end();) {
        Problem& problem = problems.emplace_back();
        for (std::string* field :
             {&problem.code, &problem.detail, &problem.place, &problem.found, &problem.expected, &problem.rule})
            *field = reader.next();
    }
    return problems;
}

std::string encoded(const FactFields& fields)
{
    std::string out;
    for (const auto& [name, value] : fields) {
        append_text(out, name);
        append_text(out, value);
    }
    return out;
}

FactFields fields_from(std::string_view bytes)
{
    FactFields fields;
    for (TextReader reader(bytes); !reader.at_end();) {
        const std::string_view name = reader.next();
        fields.emplace_back(name, reader.next());
    }
    return fields;
}

char encoded(StateMark mark)
{
    return static_cast<char>(static_cast<unsigned>(mark.state) | (mark.untouched ? untouched_bit : 0U) |
                             (mark.first_seen ? first_seen_bit : 0U));
}

StateMark state_mark_from(char byte)
{
    const auto bits = static_cast<unsigned char>(byte);
    const unsigned state = bits & ~(untouched_bit | first_seen_bit) & 0xffU;
    if (state >= record_state_count)
        damaged();
    return {static_cast<RecordState>(state), (bits & untouched_bit) != 0, (bits & first_seen_bit) != 0};
}

Tally counts_of(std::string_view states)
{
    Tally counts;
    for (const char byte : states)
        if (const StateMark mark = state_mark_from(byte); !mark.untouched) {
            ++counts.received;
            ++counts[mark.state];
        }
    return counts;
}

}  // namespace lienthong::adapters::store
