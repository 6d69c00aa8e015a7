/// Payload places: where the records of a strange document stand, and what stands in and around them. For drafts.
#pragma once

#include "hub/model/tree.hpp"

#include <functional>
#include <string>
#include <vector>

namespace lienthong::workshop {

/// How many values of a place are as something would have them.
struct Fit
{
    std::size_t good = 0, all = 0;
    std::string other{};  ///< The first that is not so.

    [[nodiscard]] bool every() const { return all > 0 && good == all; }
    /// More than half: a source's wrong or late values do not hide what a field is.
    [[nodiscard]] bool most() const { return good * 2 > all; }
};

/// A place that holds a value, in every record or once in the document.
struct PayloadPlace
{
    std::string path;                 ///< As a mapping writes it inside a function: "maTinh", "@ma", "../@ky", "/kyBaoCao".
    std::string name;                 ///< Its last step.
    std::vector<std::string> values;  ///< Those that are there, without blanks around, at most 1000.
    std::size_t present = 0;          ///< Records it is there in; 1 for one of the document.
    std::size_t own_numbers = 0;      ///< Of the values, those that are numbers of the format's own.

    [[nodiscard]] Fit fit(const std::function<bool(const std::string&)>& fits) const;
    /// The path as a whole YAML value, which cannot begin with '@' or '`'.
    [[nodiscard]] std::string alone() const { return path.starts_with('@') || path.starts_with('`') ? "./" + path : path; }
};

struct PayloadPlaces
{
    std::string records;  ///< Path of the records: the largest group of like objects or elements; empty where there is none.
    std::size_t count = 0;
    std::vector<PayloadPlace> in_record, around;
};

[[nodiscard]] PayloadPlaces places_of(const Tree& tree);

}  // namespace lienthong::workshop
