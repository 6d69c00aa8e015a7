/// What the raw words of a list mean to a catalogue: unit, frequency, agencies, breakdowns. Inner part of import_rows.
///
/// A reading is whole or empty; why it is empty, and what is doubtful about it, is said. Thread-safe.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

struct Reading
{
    std::vector<std::string> values;
    std::vector<Problem> open;  ///< finding.*, without place and found.
};

/// A code of units.csv.
[[nodiscard]] Reading unit_reading(const Catalogue& catalogue, const std::string& raw);

struct FrequencyReading : Reading
{
    std::vector<std::string> months;  ///< Beside `values`, which are kinds of period.
    std::string canonical;            ///< As forms.csv has it.
};

/// `of_form`: a date may stand there, and crop seasons, which are no kind of period.
[[nodiscard]] FrequencyReading frequency_reading(const std::string& raw, bool of_form);

/// Codes of agencies.csv, in the order of the cell. `named` gives the code of a name on the row's day.
[[nodiscard]] Reading agencies_reading(const std::string& cell,
                                       const std::function<Result<std::string>(const std::string&)>& named);

/// Dimensions of breakdowns.csv by their names, ascending.
[[nodiscard]] Reading breakdowns_reading(const Catalogue& catalogue, const std::string& raw);

/// Parts between any of the marks, tidied; empty ones left out.
[[nodiscard]] std::vector<std::string> parts_of(std::string_view text, std::string_view marks);
/// A cell with several values.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts);

}  // namespace lienthong::catalogue
