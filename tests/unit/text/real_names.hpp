/// Real names of the catalogue, written in an encoding and judged again: for the test and the measurement alike.
#pragma once

#include "hub/catalogue/csv.hpp"
#include "hub/text/detect.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

namespace lienthong::real_names {

inline bool is_ascii(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Names with at least one letter that is not ASCII: the others are the same in every encoding.
inline std::vector<std::string> names_of(const std::string& file)
{
    const std::string path = LIENTHONG_SOURCE_DIR "/mappings/catalogue/" + file;
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto rows = catalogue::read_csv(bytes, file);
    std::vector<std::string> out;
    if (!rows || rows->empty())
        return out;
    const auto& head = rows->front();
    const auto column =
        std::find_if(head.begin(), head.end(), [](const auto& cell) { return cell.text == "name_vi"; }) - head.begin();
    for (std::size_t i = 1; i < rows->size(); ++i)
        if (const std::string& name = (*rows)[i].at(static_cast<std::size_t>(column)).text; !is_ascii(name))
            out.push_back(name);
    return out;
}

/// At most about fifty, from all over the file.
inline std::vector<std::string> some_of(const std::vector<std::string>& names)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < names.size(); i += names.size() / 50 + 1)
        out.push_back(names[i]);
    return out;
}

struct Tally
{
    std::size_t fields = 0, right = 0, refused = 0, wrong = 0, unwritable = 0;
};

/// ABC has no capitals with tones: what comes back is compared without case.
inline std::string compared(const std::string& text, text::Encoding encoding)
{
    return encoding == text::Encoding::tcvn3 ? text::folded(text) : text;
}

inline Tally measure(const std::vector<std::string>& names, text::Reading reading, std::size_t together,
                     const std::function<void(const std::string& truth, const std::string& became)>& show_wrong = {})
{
    Tally out;
    for (std::size_t from = 0; from < names.size(); from += together) {
        std::vector<std::string> truth, written;
        for (std::size_t i = from; i < std::min(names.size(), from + together); ++i) {
            if (auto bytes = text::encode(names[i], reading)) {
                truth.push_back(names[i]);
                written.push_back(std::move(*bytes));
            } else {
                ++out.unwritable;
            }
        }
        const std::vector<std::string_view> fields(written.begin(), written.end());
        const auto found = text::detect(fields);
        for (std::size_t i = 0; i < found.size(); ++i) {
            ++out.fields;
            const auto read = found[i].decided() ? text::decode(fields[i], found[i].reading) : std::nullopt;
            if (!read) {
                ++out.refused;
            } else if (compared(*read, reading.encoding) == compared(truth[i], reading.encoding)) {
                ++out.right;
            } else {
                ++out.wrong;
                if (show_wrong)
                    show_wrong(truth[i], *read + " as " + to_text(found[i].reading));
            }
        }
    }
    return out;
}

}  // namespace lienthong::real_names
