// Lays out entries as tables: codes made, references looked up, and what cannot be a row said with its place.
#include "hub/cli/draft_tables.hpp"

#include "hub/catalogue/forms.hpp"
#include "hub/catalogue/sets.hpp"

#include <algorithm>

namespace lienthong::cli {
namespace {

using catalogue::Cell;

constexpr const char* open_end = "9999-12-31";

/// Capitals, digits and '_'; empty where a character is none of ASCII.
std::string tidy_code(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80U)
            return {};
        const bool small = c >= 'a' && c <= 'z';
        const bool kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out += small ? static_cast<char>(c - 32) : kept ? c : '_';
    }
    return out;
}

std::vector<std::string> parts_of(std::string_view text)
{
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

class Drafter
{
public:
    Drafter(const std::vector<ToldEntry>& entries, const DraftTerms& terms, const catalogue::Catalogue& present)
        : entries_(entries), terms_(terms), present_(present)
    {
    }

    DraftTables run()
    {
        begin("indicator_sets", {"code", "name_vi", "valid_from", "valid_to", "act"});
        begin("breakdowns", {"dimension", "code", "name_vi", "act"});
        begin("indicators", {"code", "set", "line", "name_vi", "parent", "heading", "unit_raw", "frequency_raw",
                             "breakdown_dimensions", "agency_raw", "method_raw", "act", "valid_from", "valid_to", "note"});
        begin("set_members", {"set", "line", "indicator", "valid_from", "valid_to", "act"});
        begin("forms", {"code", "set", "agency_number", "number", "name_vi", "frequency_raw", "regime", "agency", "kind", "act",
                        "valid_from", "valid_to"});
        for (const ToldEntry& entry : entries_)
            give_code(entry);
        home_set();
        each("breakdown", [&](const ToldEntry& entry) { breakdown(entry); });
        each("group", [&](const ToldEntry& entry) { indicator(entry, true); });
        each("indicator", [&](const ToldEntry& entry) { indicator(entry, false); });
        each("set", [&](const ToldEntry& entry) { set(entry); });
        each("form", [&](const ToldEntry& entry) { form(entry); });
        each("outline", [&](const ToldEntry& entry) { form(entry); });
        const auto empty = [](const DraftTable& table) { return table.places.empty(); };
        out_.tables.erase(std::remove_if(out_.tables.begin(), out_.tables.end(), empty), out_.tables.end());
        return std::move(out_);
    }

private:
    static std::string field(const ToldEntry& entry, std::string_view name)
    {
        for (const auto& [known, value] : entry.fact.fields)
            if (known == name)
                return value;
        return {};
    }

    void refuse(const ToldEntry& entry, const char* code, const char* detail, const std::string& found, std::string expected)
    {
        out_.problems.push_back({.code = code,
                                 .detail = entry.fact.key + ": " + detail,
                                 .place = entry.place,
                                 .found = shortened(found),
                                 .expected = std::move(expected)});
    }

    void note(const ToldEntry& entry, const char* detail, std::string expected)
    {
        out_.notes.push_back({.code = "draft.no_row",
                              .detail = entry.fact.key + ": " + detail,
                              .place = entry.place,
                              .found = shortened(field(entry, "name")),
                              .expected = std::move(expected)});
    }

    template <class Take>
    void each(std::string_view kind, Take take)
    {
        for (const ToldEntry& entry : entries_)
            if (field(entry, "kind") == kind && codes_.contains(entry.fact.key))
                take(entry);
    }

    // --- codes -----------------------------------------------------------------------------------------------------

    /// Where an indicator, a group and a set may stand in each other's way: they share the words a code can be.
    static std::string_view space_of(std::string_view kind)
    {
        if (kind == "group" || kind == "indicator")
            return "indicator";
        if (kind == "outline")
            return "form";
        return kind == "form" || kind == "set" || kind == "breakdown" ? kind : std::string_view{};
    }

    void give_code(const ToldEntry& entry)
    {
        const std::string kind = field(entry, "kind"), told = field(entry, "code"), dimension = field(entry, "dimension");
        if (kind == "regime")
            return note(entry, "no packet says by when its reports are due", "rows of regimes.csv, made by hand from its act");
        if (kind == "period")
            return note(entry, "the catalogue has kinds of periods, and no list of them", "nothing");
        const std::string_view space = space_of(kind);
        const std::string code = tidy_code(told);
        if (space.empty() || code.empty() || code.size() > 60 || (kind == "breakdown" && tidy_code(dimension).empty()))
            return refuse(entry, "draft.code", "no code of the catalogue can be made of it", told,
                          "ASCII letters, digits and signs, at most 60");
        const std::string made =
            kind == "breakdown" ? terms_.prefix + '_' + tidy_code(dimension) + '=' + code : terms_.prefix + '_' + code;
        const auto [other, fresh] = taken_.emplace(std::string(space) + '/' + made, &entry);
        if (!fresh)
            return refuse(entry, "draft.clash", "its code would be that of another entry", made,
                          "another code at the source; also " + other->second->fact.key + " at " + other->second->place);
        if (const std::string owner = owner_of(space, made); !owner.empty() && owner != terms_.prefix)
            return refuse(entry, "draft.clash", "the catalogue has this code in another set", made,
                          "another --prefix; the code is of " + owner);
        if (kind != "breakdown" && day_of(entry).empty())
            return refuse(entry, "draft.day", "it does not say since when it holds", told, "--set valid_from=yyyy-MM-dd");
        codes_[entry.fact.key] = made;
    }

    /// The set a code has in the present catalogue; empty where it has none.
    [[nodiscard]] std::string owner_of(std::string_view space, const std::string& code) const
    {
        if (space == "indicator")
            for (const catalogue::Indicator& one : present_.indicators())
                if (one.code == code)
                    return one.set;
        if (space == "form")
            for (const catalogue::Form& one : present_.forms())
                if (one.code == code)
                    return one.set;
        return {};
    }

    /// The code of an entry told of that kind; empty where there is none.
    [[nodiscard]] std::string code_of(const std::string& kind, const std::string& told) const
    {
        const auto it = codes_.find(kind + '/' + told);
        return it == codes_.end() ? std::string() : it->second;
    }

    [[nodiscard]] std::string otherwise(const std::string& column) const
    {
        const auto it = terms_.otherwise.find(column);
        return it == terms_.otherwise.end() ? std::string() : it->second;
    }

    [[nodiscard]] std::string day_of(const ToldEntry& entry) const
    {
        const std::string told = field(entry, "valid_from");
        return told.empty() ? otherwise("valid_from") : told;
    }
    [[nodiscard]] std::string end_of(const ToldEntry& entry) const
    {
        const std::string told = field(entry, "valid_to");
        return told.empty() ? open_end : told;
    }
    [[nodiscard]] std::string act_of(const ToldEntry& entry) const
    {
        const std::string told = field(entry, "act");
        return !told.empty() ? told : !otherwise("act").empty() ? otherwise("act") : "unknown";
    }

    // --- rows ------------------------------------------------------------------------------------------------------

    static void put(DraftTable& table, const std::vector<std::string>& cells)
    {
        catalogue::CsvRow row;
        for (const std::string& text : cells)
            row.push_back(Cell{text, static_cast<unsigned>(table.sheet.rows.size() + 1), static_cast<unsigned>(row.size() + 1)});
        table.sheet.rows.push_back(std::move(row));
    }

    void begin(const char* name, const std::vector<std::string>& columns)
    {
        DraftTable& table = out_.tables.emplace_back();
        table.table = table.sheet.name = name;
        put(table, columns);
    }

    void add(std::string_view name, const ToldEntry& entry, const std::vector<std::string>& cells)
    {
        add(name, entry.place, cells);
    }
    void add(std::string_view name, const std::string& place, const std::vector<std::string>& cells)
    {
        for (DraftTable& table : out_.tables)
            if (table.table == name) {
                put(table, cells);
                table.places.push_back(place);
            }
    }

    /// The set all new indicators are at home in holds since the first of them does.
    void home_set()
    {
        std::string first = open_end, place;
        for (const ToldEntry& entry : entries_)
            if (space_of(field(entry, "kind")) == "indicator" && codes_.contains(entry.fact.key) &&
                day_of(entry) < first) {
                first = day_of(entry);
                place = entry.place;
            }
        const auto has_home = [&](const catalogue::IndicatorSet& one) { return one.code == terms_.prefix; };
        if (place.empty() || std::any_of(present_.indicator_sets().begin(), present_.indicator_sets().end(), has_home))
            return;
        add("indicator_sets", place,
            {terms_.prefix, terms_.name, first, open_end, otherwise("act").empty() ? "unknown" : otherwise("act")});
    }

    void breakdown(const ToldEntry& entry)
    {
        const std::string dimension = terms_.prefix + '_' + tidy_code(field(entry, "dimension"));
        const auto known = [&](const catalogue::BreakdownCode& one) { return one.dimension == dimension && one.code == "_T"; };
        const bool there = std::any_of(present_.breakdowns().begin(), present_.breakdowns().end(), known);
        if (dimensions_.insert(dimension).second && !there)
            add("breakdowns", entry, {dimension, "_T", field(entry, "dimension"), act_of(entry)});
        add("breakdowns", entry, {dimension, tidy_code(field(entry, "code")), field(entry, "name"), act_of(entry)});
    }

    void indicator(const ToldEntry& entry, bool group)
    {
        // A code of the catalogue begins with its parent's; where the source's do not, who stands below whom is only noted.
        std::string parent, note;
        for (const char* kind : {"group", "indicator"}) {
            const std::string told = field(entry, group || kind == std::string_view("indicator") ? "parent" : "group");
            if (told.empty() || (group && kind == std::string_view("indicator")))
                continue;
            const std::string code = code_of(kind, told);
            if (code.empty())
                return refuse(entry, "draft.unknown", "what it stands below was never told", told,
                              std::string("an entry ") + kind + '/' + told);
            if (codes_[entry.fact.key].starts_with(code + '_'))
                parent = code;
            else
                note += (note.empty() ? "below " : ", ") + code;
        }
        std::string dimensions;
        for (const std::string& told : parts_of(field(entry, "breakdowns"))) {
            const std::string dimension = terms_.prefix + '_' + tidy_code(told);
            if (!dimensions_.contains(dimension))
                return refuse(entry, "draft.unknown", "no value of this breakdown was ever told", told,
                              "entries breakdown/" + told + "/…");
            dimensions += (dimensions.empty() ? "" : ";") + dimension;
        }
        add("indicators", entry,
            {codes_[entry.fact.key], terms_.prefix, std::to_string(++lines_[terms_.prefix]), field(entry, "name"), parent,
             group ? "yes" : "", field(entry, "unit"), field(entry, "frequency"), dimensions, field(entry, "agency"),
             field(entry, "method"), act_of(entry), day_of(entry), end_of(entry), note});
        placed_.insert(codes_[entry.fact.key]);
    }

    void set(const ToldEntry& entry)
    {
        const std::string code = codes_[entry.fact.key];
        add("indicator_sets", entry, {code, field(entry, "name"), day_of(entry), end_of(entry), act_of(entry)});
        for (const std::string& told : parts_of(field(entry, "indicators"))) {
            const std::string member = code_of("indicator", told);
            if (!placed_.contains(member)) {
                refuse(entry, "draft.unknown", "it names an indicator that was never told", told, "an entry indicator/" + told);
                continue;
            }
            add("set_members", entry,
                {code, std::to_string(++lines_[code]), member, day_of(entry), end_of(entry), act_of(entry)});
        }
    }

    /// Bodies are numbered as they first come, and their forms within them, as in a list without numbers.
    void form(const ToldEntry& entry)
    {
        const std::string regime = otherwise("regime").empty() ? field(entry, "regime") : otherwise("regime"),
                          agency = field(entry, "agency");
        if (!terms_.regimes.contains(regime))
            return refuse(entry, "draft.unknown", "regimes.csv has no such regime, so nobody knows when it is due", regime,
                          "its rows in regimes.csv first, or --set regime=CODE for all forms");
        if (agency.empty())
            return refuse(entry, "draft.unknown", "it does not say who reports", "", "the agency's code at the source");
        const std::size_t body = bodies_.emplace(agency, bodies_.size() + 1).first->second;
        add("forms", entry,
            {codes_[entry.fact.key], terms_.prefix, std::to_string(body), std::to_string(++lines_["form/" + agency]),
             field(entry, "name"), field(entry, "frequency"), regime, agency, "periodic", act_of(entry), day_of(entry),
             end_of(entry)});
    }

    const std::vector<ToldEntry>& entries_;
    const DraftTerms& terms_;
    const catalogue::Catalogue& present_;
    DraftTables out_;
    std::map<std::string, std::string> codes_;           ///< Of entries that may become rows, by key.
    std::map<std::string, const ToldEntry*> taken_;      ///< Codes, each with what they stand for.
    std::map<std::string, std::size_t> lines_, bodies_;  ///< How many lines a list has; a body's number.
    std::set<std::string> dimensions_, placed_;
};

}  // namespace

DraftTables draft_tables(const std::vector<ToldEntry>& entries, const DraftTerms& terms, const catalogue::Catalogue& present)
{
    return Drafter(entries, terms, present).run();
}

}  // namespace lienthong::cli
