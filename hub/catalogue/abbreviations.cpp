// Reads what is written short, and writes it out.
#include "hub/catalogue/abbreviations.hpp"

#include "hub/catalogue/readers.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>

namespace lienthong::catalogue {
namespace {

bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80U;
}

}  // namespace

void read_abbreviations(const Table& table, Catalogue::Tables& tables)
{
    const auto read = [&](std::size_t row, Abbreviation& one) {
        one.abbreviation = table.required(row, "abbreviation");
        one.words = table.required(row, "words");
        const std::string key = text::folded(one.abbreviation);
        if (!std::all_of(key.begin(), key.end(), is_letter_or_digit))
            table.report(row, "abbreviation", "catalogue.value", "an abbreviation is one word", "letters and digits");
        tables.words_by_abbreviation.emplace(key, text::folded(one.words));
    };
    // Names are compared whatever their case: "BHXH" and "bhxh" are one.
    read_rows(table, "abbreviation", tables.abbreviations, read,
              [](const Abbreviation& one) { return text::folded(one.abbreviation); });
}

const std::vector<Abbreviation>& Catalogue::abbreviations() const
{
    return tables_->abbreviations;
}

std::string Catalogue::spelled_out(std::string_view name) const
{
    const std::string key = text::folded(name);
    std::string out;
    for (auto at = key.begin(); at != key.end();) {
        const auto end = is_letter_or_digit(*at) ? std::find_if_not(at, key.end(), is_letter_or_digit) : at + 1;
        const std::string word(at, end);
        const auto words = tables_->words_by_abbreviation.find(word);
        out += words == tables_->words_by_abbreviation.end() ? word : words->second;
        at = end;
    }
    return out;
}

}  // namespace lienthong::catalogue
