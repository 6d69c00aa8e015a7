// Reads numbers of lists, and keeps where in the list they stand.
#include "hub/catalogue/import_numbering.hpp"

#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>

namespace lienthong::catalogue {
namespace {

constexpr std::size_t most_digits_of_a_part = 4;
constexpr std::size_t most_parts = 6;

bool all_in(std::string_view text, std::string_view letters)
{
    return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

constexpr std::string_view digits = "0123456789";

std::string without_zeros(std::string_view written)
{
    const std::size_t first = std::min(written.find_first_not_of('0'), written.size() - 1);
    return std::string(written.substr(first));
}

std::vector<std::string> split(std::string_view written)
{
    std::vector<std::string> out;
    while (!written.empty()) {
        const std::size_t end = std::min(written.find('.'), written.size());
        out.emplace_back(written.substr(0, end));
        written.remove_prefix(std::min(end + 1, written.size()));
    }
    return out;
}

}  // namespace

unsigned roman(std::string_view written)
{
    static constexpr std::array<std::pair<std::string_view, unsigned>, 9> signs = {
        {{"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1}}};
    // Written from each number: a list has a few dozen sections, and odd forms ("IIX") are not read as something else.
    for (unsigned value = 1; value < 200 && !written.empty(); ++value) {
        std::string usual;
        unsigned rest = value;
        for (const auto& [sign, worth] : signs)
            for (; rest >= worth; rest -= worth)
                usual += sign;
        if (usual == written)
            return value;
    }
    return 0;
}

Result<Number> Numbering::number(std::string_view written) const
{
    std::string text = text::tidied(written);
    const auto malformed = [&](std::string detail) {
        return Problem{.code = "import.numbering",
                       .detail = std::move(detail),
                       .found = shortened(written),
                       .expected = "A, II, 1, 1.1, a), A.II.1, a dash or nothing"};
    };
    Number out;
    if (text.empty() || text == "-" || text == "+" || text == "–" || text == "—" || text == "•") {
        out.none = true;
        return out;
    }
    if (text.front() == '(')
        text.erase(0, 1);
    while (!text.empty() && (text.back() == '.' || text.back() == ')' || text.back() == ':'))
        text.pop_back();
    const auto parts = split(text);
    if (parts.empty() || parts.size() > most_parts)
        return malformed("not the number of a line");
    for (const std::string& part : parts) {
        const bool letter = part.size() == 1;
        if (all_in(part, digits) && part.size() <= most_digits_of_a_part) {
            out.parts.push_back(without_zeros(part));
        } else if (letter && part[0] >= 'a' && part[0] <= 'z') {
            out.letter_alone = parts.size() == 1;
            out.parts.emplace_back(1, static_cast<char>(part[0] - 'a' + 'A'));
        } else if (!out.parts.empty() || !all_in(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
            return malformed("not the number of a line");
        } else if (const unsigned value = roman(part);
                   value != 0 && out.section.empty() && (!letter || part == "I" || part == "V" || part == "X")) {
            // A group named I, V or X follows the one before it in the alphabet, where no section of this number is due.
            const bool next_group = letter && parts.size() == 1 && !group_.empty() && part[0] == group_[0] + 1;
            const bool next_section = value == roman(section_) + 1;
            if (next_group && next_section)
                return malformed("the letter is the next group as well as the next section");
            (next_group ? out.group : out.section) = part;
        } else if (letter && out.group.empty() && out.section.empty()) {
            out.group = part;
        } else {
            return malformed("not the number of a line");
        }
    }
    return out;
}

std::string Numbering::code_of(std::size_t parts) const
{
    std::string out = prefix_;
    const auto join = [&](const std::string& part) {
        if (!part.empty())
            out.append(out.empty() ? "" : "_").append(part);
    };
    join(group_);
    join(section_);
    std::for_each(parts_.begin(), parts_.begin() + static_cast<std::ptrdiff_t>(std::min(parts, parts_.size())), join);
    return out;
}

std::string Numbering::nearest_above(std::size_t parts) const
{
    for (std::size_t count = parts; count > 0; --count)
        if (std::string code = code_of(count - 1); lines_.contains(code))
            return code;
    return {};
}

Result<Numbering::Line> Numbering::next(std::string_view written)
{
    auto read = number(written);
    if (!read.ok())
        return read.problem();
    if (read->none) {
        const std::string above = code_of(parts_.size());
        ++unnumbered_;
        return Line{.code = above + (above.empty() ? "U" : "_U") + std::to_string(unnumbered_),
                    .parent = lines_.contains(above) ? above : nearest_above(parts_.size()),
                    .title = false};
    }
    if (!read->group.empty()) {
        group_ = read->group;
        section_.clear();
    }
    if (!read->section.empty())
        section_ = read->section;
    if (!read->group.empty() || !read->section.empty())
        parts_.clear();
    unnumbered_ = 0;
    if (read->letter_alone) {
        while (!parts_.empty() && !all_in(parts_.back(), digits))
            parts_.pop_back();
        if (parts_.empty())
            return Problem{.code = "import.numbering",
                           .detail = "a letter without a number above it",
                           .found = shortened(written),
                           .expected = "a number, as in 1"};
        parts_.push_back(read->parts.front());
    } else {
        parts_ = read->parts;
    }
    return Line{.code = code_of(parts_.size()), .parent = nearest_above(parts_.size()), .title = parts_.empty()};
}

}  // namespace lienthong::catalogue
