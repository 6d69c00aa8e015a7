/// Numbers of a list as people write them ("A", "II", "1.1", "a)", "-"), and the codes they make: group, section and number
/// joined by '_', "_U1" for a line without a number (mappings/catalogue/README.md, indicators.csv).
#pragma once

#include "hub/model/result.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

/// A number by itself.
struct Number
{
    std::string group;               ///< "A"
    std::string section;             ///< "II", and 2 is its value
    std::vector<std::string> parts;  ///< "1", "1"; a letter below a number is upper case: "1", "A"
    bool letter_alone = false;       ///< "a)": the number above it belongs before it.
    bool none = false;               ///< Empty, or a dash or plus.
};

/// 4 of "IV"; 0 where it is no Roman numeral in its usual form.
[[nodiscard]] unsigned roman(std::string_view written);

/// Walks down a list. One thread at a time.
class Numbering
{
public:
    struct Line
    {
        std::string code;    ///< Without prefix and any number: empty.
        std::string parent;  ///< The nearest code above that is a line of the list, or empty.
        bool title = false;  ///< A group's or section's.
    };

    /// `prefix` begins every code; may be empty.
    explicit Numbering(std::string prefix) : prefix_(std::move(prefix)) {}

    /// The next line. Fails with: import.numbering.
    [[nodiscard]] Result<Line> next(std::string_view written);
    /// The line that next() gave last stands in the list, so that others may be below it.
    void keep(const Line& line) { lines_.insert(line.code); }

private:
    [[nodiscard]] Result<Number> number(std::string_view written) const;
    [[nodiscard]] std::string code_of(std::size_t parts) const;
    [[nodiscard]] std::string nearest_above(std::size_t parts) const;

    std::string prefix_, group_, section_;
    std::vector<std::string> parts_;
    unsigned unnumbered_ = 0;
    std::set<std::string> lines_;
};

}  // namespace lienthong::catalogue
