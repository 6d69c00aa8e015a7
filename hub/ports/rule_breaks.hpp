/// Rule breaks: figures in the store that do not agree with each other by a declared rule, kept beside them with how far
/// the checking has come.
///
/// Every leaf of the log that changes what is served is still to be checked until the reach has passed it. The reach and what
/// is found move in one transaction, so nothing is left out or found twice, whatever crashes.
#pragma once

#include "hub/model/figure.hpp"
#include "hub/model/result.hpp"
#include "hub/ports/store.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lienthong {

/// How far the checking has come, in the order of the feed of what is served.
struct RuleReach
{
    LeafId leaf = 1;       ///< The first leaf that was not wholly looked at.
    RevisionId cause = 0;  ///< What of it was looked at, as in ServedChange.
    std::string digest;    ///< Of what the rules were made from.

    friend bool operator==(const RuleReach&, const RuleReach&) = default;
};

/// A rule about one subject.
struct RuleSubject
{
    std::string rule;  ///< Its code.
    FigureKey figure;

    friend auto operator<=>(const RuleSubject&, const RuleSubject&) = default;
};

/// A figure that came to be served, at its place in the feed of what is served.
struct FigureServed
{
    LeafId leaf = 0;
    RevisionId cause = 0;  ///< As in ServedChange.
    FigureKey figure;

    friend bool operator==(const FigureServed&, const FigureServed&) = default;
};

/// What is served of a figure now.
struct ServedFigure
{
    RevisionId revision = 0;
    Observation observation;
    Time received_at{};
};

/// What is kept of a break.
struct RuleBreak
{
    RuleSubject subject;
    std::string severity;               ///< "refuse", "finding", "hint".
    std::vector<RevisionId> revisions;  ///< Of its figures, the subject's first.
    std::string right;                  ///< What the subject's value ought to be.
    Time since{};                       ///< When the last of the figures that broke it came in.

    friend bool operator==(const RuleBreak&, const RuleBreak&) = default;
};

struct RuleBreakRow
{
    std::int64_t id = 0;
    RuleBreak content;
    std::optional<Time> mended{};     ///< Since when it is no break any more.
    std::string mended_by{};          ///< "figures" where a figure changed, "rules" where the rules did.
    std::vector<RevisionRow> rows{};  ///< Of its revisions, in their order.
};

/// What a round of checking found of the subjects it looked at.
struct RuleFindings
{
    std::vector<RuleBreak> broken;  ///< Opened, or if open already renewed; its first `since` stays.
    std::vector<RuleSubject> kept;  ///< Closed.
    Time at{};                      ///< Now.
    std::string mended_by = "figures";
};

struct RuleBreakFilter
{
    std::string indicator{}, area{}, rule{}, severity{};  ///< Empty: any. Indicator and area are the subject's.
    bool open = true, mended = false;                     ///< Which of the two are wanted.
    std::int64_t after = 0;                               ///< Ids greater than this one.
    std::size_t limit = 1000;
};

/// How many are open, by severity: refuse, finding, hint.
using OpenRuleBreaks = std::array<std::int64_t, 3>;

/// Every call is thread-safe. Reads see committed state only.
class RuleBreaks
{
public:
    virtual ~RuleBreaks() = default;

    [[nodiscard]] virtual Result<RuleReach> reach() const = 0;
    /// The last leaf that is committed, numbered or not.
    [[nodiscard]] virtual Result<LeafId> last_leaf() const = 0;
    /// What the feed of what is served has beyond the reach, up to this leaf, in its order.
    [[nodiscard]] virtual Result<std::vector<FigureServed>> served_beyond(const RuleReach& reach, LeafId last,
                                                                          std::size_t limit) const = 0;
    /// What is served of these figures now, in the order asked; nothing where nobody tells one.
    [[nodiscard]] virtual Result<std::vector<std::optional<ServedFigure>>> served(const std::vector<FigureKey>& figures) const = 0;
    /// Every figure that somebody tells, ordered by key, keys greater than `after`.
    [[nodiscard]] virtual Result<std::vector<FigureKey>> figures(const std::optional<FigureKey>& after,
                                                                 std::size_t limit) const = 0;

    /// Those of the subjects that have an open break.
    [[nodiscard]] virtual Result<std::vector<RuleSubject>> open_among(const std::vector<RuleSubject>& subjects) const = 0;

    /// Keeps what was found and moves the reach from where it was read to `to`, in one durable transaction. False, and
    /// nothing kept, where another process moved it meanwhile.
    [[nodiscard]] virtual Result<bool> keep(const RuleReach& from, const RuleReach& to, const RuleFindings& findings) = 0;

    /// Ordered by id.
    [[nodiscard]] virtual Result<std::vector<RuleBreakRow>> list(const RuleBreakFilter& filter) const = 0;
    [[nodiscard]] virtual Result<OpenRuleBreaks> open() const = 0;
};

}  // namespace lienthong
