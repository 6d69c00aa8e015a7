/// ServingBook: which telling of a figure is the one served, kept beside the tellings as they come. Lives for one leaf.
///
/// Who is served is decided when it changes and recorded with what changed it, so that every reader, the feed and the
/// outbox say the same, and what was once told of the past stays so.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "hub/ports/store.hpp"

#include <optional>

namespace lienthong::adapters::store {

class ServingBook
{
public:
    ServingBook(sqlite::Connection& connection, const FigureRules& rules) : connection_(connection), rules_(rules) {}

    /// A new revision was placed under leaf `leaf`. A revision and a series are placed as the one served; here that is taken
    /// back where another agency's is.
    void told(LeafId leaf, const SeriesKey& key, RevisionId revision);
    void settled(LeafId leaf, const FigureKey& figure);
    /// Judges every figure that several agencies tell by rules other than the last ones; `leaf` is kept only where
    /// that serves another telling of one of them.
    void judge_anew(const Leaf& leaf);

private:
    /// Which revision is now served instead of another, unless it is the one just placed.
    [[nodiscard]] std::optional<RevisionId> judge(const FigureKey& figure, RevisionId placed);

    sqlite::Connection& connection_;
    const FigureRules& rules_;
    bool compared_ = false;  ///< The rules with those last judged by.
};

}  // namespace lienthong::adapters::store
