/// Serving: which telling of a figure readers are served, and differences between agencies as the API and the command
/// line show them (Decision 228/QĐ-UBND Sơn La, Article 10(2)).
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/catalogue/ownership.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/problem.hpp"
#include "hub/ports/store.hpp"

#include <map>
#include <span>
#include <string>

namespace lienthong::api {

/// `claims` holds at least one.
[[nodiscard]] catalogue::Serving serving_of(const catalogue::Catalogue& catalogue, const Claims& claims);

struct ServedRevision
{
    std::string agency;
    RevisionId revision = 0;
    bool owner_absent = false;  ///< The catalogue names an owner, and it has not told the figure.
};

/// What is served of each figure in `rows`. Fails with: store.*.
[[nodiscard]] Result<std::map<FigureKey, ServedRevision>> served_revisions(const Store& store,
                                                                           const catalogue::Catalogue& catalogue,
                                                                           std::span<const RevisionRow> rows);

/// Compares by the catalogue's units; `catalogue` must outlive what is returned.
[[nodiscard]] SameFigure same_by(const catalogue::Catalogue& catalogue);

/// The difference as a problem, with what each agency says and what to do.
[[nodiscard]] Problem problem_of(const Disagreement& disagreement, const catalogue::Serving& serving);

/// The members of one difference into an open object: key, state, owner, who is served, every telling, the last
/// settlement, and what to do where it is open.
void write_disagreement(JsonWriter& out, const Disagreement& disagreement, const catalogue::Catalogue& catalogue);

}  // namespace lienthong::api
