/// Lineage: what became of areas when they were merged, split, renamed or abolished, day by day.
///
/// A code alone says little: GSO:15 was Yên Bái until 2025-06-30 and is Lào Cai since (Resolution 202/2025/QH15), and
/// most codes of communes changed their holder that day. So every question here names a code and the day it is meant
/// on. An area of which no event speaks goes on under its own code. Thread-safe.
#pragma once

#include "hub/catalogue/index.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::catalogue {

enum class AreaChange : std::uint8_t {
    merge,        ///< Whole, together with others, into one area.
    split,        ///< Among several areas.
    rename,       ///< The same area by another name, perhaps of another kind or code.
    recode,       ///< The same area and name by another code.
    kind_change,  ///< The same area and name as another kind of unit: a district that becomes a special zone.
    abolished,    ///< Its level ended: nothing of that level took its place.
};

/// "merge", "split", "rename", "recode", "kind_change", "abolished".
[[nodiscard]] std::string_view to_text(AreaChange kind);
[[nodiscard]] std::optional<AreaChange> area_change_from(std::string_view text);

/// A row of area_lineage.csv.
struct AreaEvent
{
    const Area* from = nullptr;  ///< As it was the day before.
    const Area* to = nullptr;    ///< As it is on the day; null where the area was abolished.
    AreaChange kind{};
    Day day{};
    std::string act;
    std::string share;  ///< Of the people of `from`, the part that went to `to`: decimal above 0, at most 1; empty if not known.
};

using AreaList = std::vector<const Area*>;  ///< By code, each once.

class Lineage
{
public:
    Lineage() = default;
    /// `by_code` must outlive it and hold every area of the events.
    Lineage(const AreaIndex& by_code, std::vector<AreaEvent> events);

    [[nodiscard]] const std::vector<AreaEvent>& events() const { return events_; }
    /// The events of that day that take from an area, as it was the day before, or that give to one, as it is on the day.
    [[nodiscard]] std::vector<const AreaEvent*> from(const Area& area, Day day) const;
    [[nodiscard]] std::vector<const AreaEvent*> to(const Area& area, Day day) const;

    /// Where the area of `day` lies on a `later` day, and where that of `day` lay on an `earlier` one: all areas that
    /// have some part of it. Empty where it was abolished, or is not known that early. The days must be in this order.
    /// Fails with: area.unknown, area.not_valid (on `day`).
    [[nodiscard]] Result<AreaList> successors(std::string_view code, Day day, Day later) const;
    [[nodiscard]] Result<AreaList> predecessors(std::string_view code, Day day, Day earlier) const;

    /// The areas of `day` whose figures add up to that of `codes` within the borders of the day `borders`: for Lào Cai
    /// as of today and 2024, the old Lào Cai and Yên Bái. `day` may lie before or after `borders`.
    /// Fails with: area.unknown, area.not_valid (a code on `borders`, or no area of the catalogue on `day`),
    /// area.not_additive (an area of `day` lies only in part within the borders; `expected` names the borders that would
    /// do), area.no_longer (it was abolished, as districts were; `expected` names what takes its place).
    [[nodiscard]] Result<AreaList> sum_of(const std::vector<std::string>& codes, Day borders, Day day) const;

private:
    [[nodiscard]] const Area* find(std::string_view code, Day day) const;
    [[nodiscard]] Result<const Area*> named(std::string_view code, Day day) const;
    [[nodiscard]] AreaList step_on(const AreaList& areas, Day day) const;
    [[nodiscard]] AreaList step_back(const AreaList& areas, Day day) const;
    [[nodiscard]] std::vector<Day> days_between(Day after, Day until) const;
    [[nodiscard]] std::optional<Problem> parts_on(const AreaList& areas, Day day) const;
    [[nodiscard]] std::optional<Problem> parts_back(const AreaList& areas, Day day) const;
    [[nodiscard]] Problem no_longer(const Area& area, const AreaEvent& event) const;

    const AreaIndex* by_code_ = nullptr;
    std::vector<AreaEvent> events_;       ///< By `from` and day.
    std::vector<std::uint32_t> by_heir_;  ///< Positions in events_, by `to` and day; the abolished left out.
    std::vector<Day> days_;               ///< On which there are events, ascending.
};

/// The day before.
[[nodiscard]] Day eve_of(Day day);

}  // namespace lienthong::catalogue
