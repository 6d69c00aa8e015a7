/// AcceptedList: the observations under a submission's accepted root, in order, as one compact column.
///
/// An entry is a revision, one byte for the usual next one, or the observation itself where the store holds no
/// revision that says the same (a replayed record that a later message had superseded).
#pragma once

#include "hub/ports/store.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace lienthong::adapters::store {

class AcceptedList
{
public:
    void add(RevisionId revision);
    void add(const Observation& observation);
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

    /// Calls one of the two for each entry, in order. Throws std::runtime_error when the column is damaged.
    static void read(std::string_view bytes, const std::function<void(RevisionId)>& revision,
                     const std::function<void(Observation)>& observation);

private:
    std::string bytes_;
    RevisionId last_ = 0;
};

}  // namespace lienthong::adapters::store
