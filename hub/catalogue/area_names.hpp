/// Names of areas as people write them: any case, blanks or tone placement, with or without the kind of unit.
///
/// Thousands of names are folded only when a name is first looked up that is not written as in the file: every command
/// loads the catalogue, and few ask that. Thread-safe.
#pragma once

#include "hub/catalogue/index.hpp"
#include "hub/text/unicode.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

class AreaNames
{
public:
    /// Remembers where the areas are; they must outlive it and stay where they are.
    void over(const std::vector<Area>& areas) { areas_ = &areas; }

    /// Areas of a folded name or alias; null where there is none.
    [[nodiscard]] const std::vector<const Area*>* of_folded(const std::string& folded) const;
    /// Those that bear the name without the kind before it: of "mường bon" "Xã Mường Bon".
    [[nodiscard]] const std::vector<const Area*>* of_bare(const std::string& folded) const;
    /// Areas below a code, at any depth, that hold on the day.
    [[nodiscard]] std::vector<const Area*> below(const std::string& parent, Day day) const;
    /// Names of countries and provinces; communes are too many to guess one without its province.
    [[nodiscard]] std::vector<std::string> nearest(std::string_view name, Day day) const;
    /// Of these areas the three whose names are nearest, as "Xã Mường Bon (GSO:04126)".
    [[nodiscard]] static std::vector<std::string> nearest_of(const std::vector<const Area*>& areas, std::string_view name);

private:
    void fill() const;

    const std::vector<Area>* areas_ = nullptr;
    mutable std::once_flag filled_;
    mutable Index<std::vector<const Area*>> folded_;
    mutable Index<std::vector<const Area*>> bare_;
    mutable AreaIndex children_;
    mutable text::Nearness near_;
};

/// Country, province, district, commune: 0 to 3.
[[nodiscard]] int rank(const Area& area);

/// At most three codes valid on the day that differ from `full_code` in one character, or in zeros a spreadsheet ate.
[[nodiscard]] std::vector<std::string> nearest_codes(const AreaIndex& by_code, const std::string& full_code, Day day);

}  // namespace lienthong::catalogue
