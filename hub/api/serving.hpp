/// Serving: which telling of a figure readers are served, and differences between agencies as the API and the command
/// line show them (Decision 228/QĐ-UBND Sơn La, Article 10(2)).
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/catalogue/ownership.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/problem.hpp"
#include "hub/ports/store.hpp"

#include <memory>
#include <set>
#include <span>
#include <string>

namespace lienthong::api {

/// How the store is to judge figures that several agencies tell, by this catalogue's owners and units.
[[nodiscard]] FigureRules rules_by(std::shared_ptr<const catalogue::Catalogue> catalogue);

/// Who owns the figure, and who is served as the store has it. `claims` holds at least one.
[[nodiscard]] catalogue::Serving serving_of(const catalogue::Catalogue& catalogue, const Claims& claims);

/// The figures in `rows` whose owner, as the catalogue names it, has not told them. Fails with: store.*.
[[nodiscard]] Result<std::set<FigureKey>> without_owner(const Store& store, const catalogue::Catalogue& catalogue,
                                                        std::span<const RevisionRow> rows);

/// The difference as a problem, with what each agency says and what to do.
[[nodiscard]] Problem problem_of(const Disagreement& disagreement, const catalogue::Serving& serving);

/// The members of one difference into an open object: key, state, owner, who is served, every telling, the last
/// settlement, and what to do where it is open.
void write_disagreement(JsonWriter& out, const Disagreement& disagreement, const catalogue::Catalogue& catalogue);

}  // namespace lienthong::api
