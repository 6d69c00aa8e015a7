/// Book: the facts of one computation by group, and the figures they make. Facts in, observations out.
///
/// A figure is worked out from the facts that are in its group now, whatever happened before: putting facts one by one, in
/// any order of facts and with any number of versions on the way, gives what putting only their last versions gives.
#pragma once

#include "hub/compute/contribution.hpp"
#include "hub/model/observation.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lienthong::compute {

/// A fact that changed what its group is made of.
struct Change
{
    std::string key;
    FactVersionId version = 0;
    FactVersionId was = 0;  ///< The version the group knew; 0 where it came in.
    bool left = false;      ///< It is in another group now, or in none.
};

/// How many changes, and how many facts that were left out, a figure lists; the rest is only counted.
inline constexpr std::size_t most_listed = 20;

struct Figure
{
    Observation observation;
    std::int64_t facts = 0;     ///< In the group.
    std::int64_t left_out = 0;  ///< Of them, those the figure could not take.
    std::vector<Problem> why_left_out{};
    std::string versions{};    ///< Of the group's facts, ascending: "1-4,7".
    bool is_new = false;       ///< Nobody knew of the group before.
    std::int64_t changes = 0;  ///< Since the figures were last told.
    std::vector<Change> changed{};
};

/// One thread at a time.
class Book
{
public:
    /// The catalogue must be the one the computation was checked by.
    Book(std::shared_ptr<const Computation> computation, std::shared_ptr<const catalogue::Catalogue> catalogue,
         std::size_t most_facts);

    /// Puts a fact where it belongs now; the group it was in and the one it is in are touched. A version that is not later
    /// than the one the book has changes nothing. Fails with: compute.budget.
    [[nodiscard]] Result<void> put(const FactVersion& fact);
    /// A group figures were told of before, though no fact may be in it any more. Touches it where it was not known.
    void know(const GroupKey& group);

    /// The figures of the groups touched since told(), in the order of groups. A group without facts counts 0 and has no
    /// case for a share or an average; one whose facts could all not be taken is not available.
    [[nodiscard]] std::vector<Figure> touched() const;
    [[nodiscard]] std::vector<Figure> all() const;
    /// Nothing is touched any more.
    void told();

    /// Facts nobody can say the group of, by key.
    [[nodiscard]] const std::map<std::string, Problem>& set_aside() const { return set_aside_; }
    [[nodiscard]] std::size_t facts() const { return facts_.size(); }

private:
    struct Held
    {
        FactVersionId version = 0;
        const GroupKey* group = nullptr;  ///< Null where it is in none.
        std::vector<Part> parts;
    };
    struct Group
    {
        std::map<std::string_view, const Held*> members;  ///< By key.
        bool is_new = true;
        std::int64_t changes = 0;
        std::vector<Change> changed;
    };

    void touch(const GroupKey& group, Change change);
    void append_figures(const GroupKey& key, const Group& group, std::vector<Figure>& out) const;
    [[nodiscard]] Figure figure(std::size_t rule, const GroupKey& key, const Group& group) const;

    std::shared_ptr<const Computation> computation_;
    std::shared_ptr<const catalogue::Catalogue> catalogue_;
    std::size_t most_facts_;
    std::unordered_map<std::string, Held> facts_;
    std::map<GroupKey, Group> groups_;
    std::set<GroupKey> touched_;
    std::map<std::string, Problem> set_aside_;
};

}  // namespace lienthong::compute
