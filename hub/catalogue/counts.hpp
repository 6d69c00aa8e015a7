/// Counts: how many lines, figures, forms and bodies each list of a catalogue holds, so that they can be held against its act.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <string>
#include <vector>

namespace lienthong::catalogue {

/// Lines of indicators.csv of one group and section ("A_IX"), or of a whole set where `section` is empty.
struct LineCount
{
    std::string set;
    std::string section;
    unsigned lines = 0;
    unsigned numbered = 0;    ///< Its code ends in a number.
    unsigned unnumbered = 0;  ///< Stands without a number under a numbered line (`_U1`).
    unsigned top_level = 0;   ///< Has no line above it.
    unsigned headings = 0;

    [[nodiscard]] unsigned with_values() const { return lines - headings; }
};

/// Forms of one body of an act's list, or of a whole set where `number` is 0.
struct FormCount
{
    std::string set;
    unsigned number = 0;      ///< The body's number in the act.
    std::string agency;       ///< Its code; a body the act lists without a number stands under another's.
    unsigned forms = 0;
    unsigned bodies = 0;      ///< 1, or of the set: all bodies.
    unsigned numbered_bodies = 0;  ///< Of the set: those with a number of their own.
};

/// Indicators of one set, whenever they stand in it.
struct SetCount
{
    std::string set;
    unsigned versions = 0;  ///< Rows of indicator_sets.csv.
    unsigned home = 0;      ///< Indicators whose own set it is.
    unsigned further = 0;   ///< Indicators of other sets that stand in it too.
};

/// By code.
[[nodiscard]] std::vector<SetCount> count_sets(const Catalogue& catalogue);

/// By set, its sections in the order of the file, the sum of the set last.
[[nodiscard]] std::vector<LineCount> count_lines(const Catalogue& catalogue);
[[nodiscard]] std::vector<FormCount> count_forms(const Catalogue& catalogue);

/// "A_IX" of "A_IX_2_1_U3", "B" of "B_7_U1"; nothing where the code holds no number and so is no line of an act's list,
/// but a section that is itself an index ("A_XIII") is its own.
[[nodiscard]] std::string section_of(const Indicator& line);
/// Whether the last part of the code is a number ("A_I_1"), or U and a number ("A_XI_5_1_U1").
[[nodiscard]] bool is_numbered(const Indicator& line);
[[nodiscard]] bool is_unnumbered(const Indicator& line);

}  // namespace lienthong::catalogue
