/// Draft guesses: which places of a payload look like which field of an observation, told by most of their values, by the
/// catalogue and, where values leave it open, by their names. What else could be meant is said beside each guess.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/workshop/payload_places.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::workshop {

/// An expression for one field.
struct Guess
{
    std::string expression;  ///< As a YAML value; empty where nothing could be chosen.
    std::string because;     ///< Why it was chosen, or what a person must choose between; one line for a comment.
    std::string path;        ///< The place it reads.
};

/// What names that mean periods, areas and so on are compared by: without case, tone marks and separators, "kyBaoCao", "KY-BAO-CAO" and
/// "Kỳ báo cáo" alike.
[[nodiscard]] std::string bare_name(std::string_view name);

/// What fits, and what of it does not: "numbers", "numbers in 4 of 5; not 'chưa có'".
[[nodiscard]] std::string told(std::string_view what, const Fit& fit);

/// The period of the figures. A field whose values can be read as periods of two kinds is one only where its name says that it
/// holds periods, and then both readings are told; a year only where no quarter and no month stands beside it.
[[nodiscard]] std::optional<Guess> guess_period(const PayloadPlaces& places);

/// Guesses for one payload; places and catalogue outlive it. Not thread-safe.
class Guesses
{
public:
    Guesses(const PayloadPlaces& places, const catalogue::Catalogue& catalogue) : places_(places), catalogue_(catalogue) {}

    [[nodiscard]] std::optional<Guess> area() const;
    [[nodiscard]] std::optional<Guess> agency() const;
    [[nodiscard]] std::optional<Guess> vintage() const;

    /// The fields of a record that hold figures, the likeliest first: by name, then by the records they are there in. Where the
    /// notation cannot be told from the values it is left out: number(x) alone is what check asks about.
    [[nodiscard]] std::vector<Guess> values(const std::set<std::string>& taken) const;
    /// The unit that belongs to a value: of its own element, or of none that holds another figure.
    [[nodiscard]] std::optional<Guess> unit(const std::vector<Guess>& values) const;

    /// The field that says what a record's figure is: the catalogue's own codes, the source's, or else the source's names. Null
    /// where none can.
    [[nodiscard]] const PayloadPlace* codes(bool& own, const std::set<std::string>& taken) const;
    /// What people call each code: the place with the longest texts beside it.
    [[nodiscard]] const PayloadPlace* names(const PayloadPlace& codes) const;

private:
    [[nodiscard]] const PayloadPlace* named_as_keys(const std::set<std::string>& taken) const;

    const PayloadPlaces& places_;
    const catalogue::Catalogue& catalogue_;
};

/// Those in the records first, labels of rows last.
[[nodiscard]] std::vector<const PayloadPlace*> every_place(const PayloadPlaces& places);

}  // namespace lienthong::workshop
