// lienthong try: runs one mapping over one payload and shows where each value came from, and what was refused and why.
#include "hub/cli/columns.hpp"
#include "hub/cli/counted.hpp"
#include "hub/cli/formats.hpp"
#include "hub/cli/mapping_folders.hpp"
#include "hub/cli/names.hpp"
#include "hub/cli/one_file.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/model/problem_text.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/sample.hpp"
#include "hub/workshop/unread.hpp"
#include "hub/workshop/verdict_json.hpp"
#include "hub/workshop/workshop.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

namespace lienthong::cli {
namespace {

using Traces = std::vector<std::vector<mapping::Trace>>;

/// What is seen in the document besides what the mapping makes of it.
struct Surroundings
{
    std::vector<workshop::UnreadField> unread;
    std::map<std::string, std::string> columns;  ///< By the place of a cell.
};

/// Columns of the cells below a record, by what people find a cell by.
void add_columns(const Tree& tree, NodeId record, std::map<std::string, std::string>& columns)
{
    const NodeId named = tree.child(record, "column"), value = tree.child(record, "value");
    if (!tree.mark(record).empty() && named != no_node && value != no_node)
        columns.emplace(tree.place(value), tree.node(named).text);
    for (NodeId id = tree.node(record).first_child; id != no_node; id = tree.node(id).next)
        if (!tree.mark(id).empty())
            columns.emplace(tree.place(id), tree.node(id).name);
}

Surroundings surroundings_of(const mapping::Mapping& mapping, const Format& format, const std::string& payload)
{
    Surroundings out;
    const auto tree = format.read(payload, mapping.layout(), FormatLimits{});
    if (!tree.ok())
        return out;
    const auto records = mapping.records(*tree);
    if (!records.ok())
        return out;
    out.unread = workshop::unread_fields(mapping, *tree, *records);
    for (const NodeId record : *records)
        add_columns(*tree, record, out.columns);
    return out;
}

/// A place, and the name of the column where it has one.
std::string place_text(const std::string& place, const Surroundings& around)
{
    const auto column = around.columns.find(place);
    return column == around.columns.end() ? place : place + " (" + column->second + ")";
}

void print_values(const std::vector<mapping::Trace>& values, const std::vector<std::string>& names, const Surroundings& around)
{
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const mapping::Trace& value = values[i];
        const std::string from = value.place.empty() ? "written in the mapping"
                                 : value.raw.empty() ? place_text(value.place, around)
                                                     : place_text(value.place, around) + "  '" + shortened(value.raw, 60) + "'";
        std::string result = shortened(value.result, 60);
        if (value.result.empty())
            result = value.raw.empty() ? "(nothing there)" : "(came to nothing)";
        else if (!names[i].empty())
            result += " (" + shortened(names[i], 60) + ")";
        rows.push_back({value.field, result, "<- " + mapping::line_text(value.line, value.file), from});
    }
    std::printf("%s", in_columns(rows, "    ", 64).c_str());
}

/// Problems that say the same of the same place, for one field each.
struct SameProblem
{
    const Problem* problem = nullptr;
    std::vector<std::string> fields, rules;
};

void add_new(std::vector<std::string>& words, const std::string& word)
{
    if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end())
        words.push_back(word);
}

/// The fields a problem is of: those read from its place by the line it names, else those read from there that came to nothing.
void add_fields(std::vector<std::string>& fields, const Problem& problem, const std::vector<mapping::Trace>& values)
{
    const std::size_t before = fields.size();
    for (const mapping::Trace& value : values)
        if (value.place == problem.place && problem.rule.starts_with("mapping ") &&
            problem.rule.ends_with(" " + mapping::line_text(value.line, value.file)))
            add_new(fields, value.field);
    if (fields.size() == before)
        for (const mapping::Trace& value : values)
            if (value.place == problem.place && value.result.empty())
                add_new(fields, value.field);
}

std::vector<SameProblem> told_once(const std::vector<Problem>& problems, const std::vector<mapping::Trace>& values)
{
    std::vector<SameProblem> out;
    for (const Problem& problem : problems) {
        auto same = std::find_if(out.begin(), out.end(), [&](const SameProblem& other) {
            const Problem& one = *other.problem;
            return one.code == problem.code && one.place == problem.place && one.detail == problem.detail &&
                   one.found == problem.found && one.expected == problem.expected;
        });
        if (same == out.end())
            same = out.insert(out.end(), {&problem, {}, {}});
        add_fields(same->fields, problem, values);
        add_new(same->rules, problem.rule);
    }
    return out;
}

std::string joined(const std::vector<std::string>& words, const char* between)
{
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : between) + word;
    return out;
}

void print_problem(const SameProblem& same, const char* kind, const Surroundings& around)
{
    const Problem& problem = *same.problem;
    const ProblemText& text = problem_text(problem.code);
    std::printf("    %s %s at %s%s: %s\n", kind, problem.code.c_str(),
                problem.place.empty() ? "/" : place_text(problem.place, around).c_str(),
                same.fields.size() < 2 ? "" : (", for " + joined(same.fields, ", ")).c_str(), problem.detail.c_str());
    std::vector<std::vector<std::string>> rows;
    if (!problem.found.empty())
        rows.push_back({"found", problem.found});
    if (!problem.expected.empty())
        rows.push_back({"expected", problem.expected});
    if (!same.rules.empty())
        rows.push_back({"rule", joined(same.rules, "; ")});
    rows.push_back({"vi", std::string(text.vi) + " " + std::string(text.remedy_vi)});
    rows.push_back({"en", std::string(text.en) + " " + std::string(text.remedy_en)});
    std::printf("%s", in_columns(rows, "        ").c_str());
}

void print_verdict(const Verdict& verdict, const std::vector<mapping::Trace>& values, const std::vector<std::string>& names,
                   const Surroundings& around)
{
    std::printf("record %u  %s  %s\n", verdict.record, verdict.place.empty() ? "/" : verdict.place.c_str(),
                verdict.accepted() ? "accepted" : "REFUSED");
    print_values(values, names, around);
    for (const Observation& o : verdict.observations)
        std::printf("    = %s  %s %s  %s\n", to_text(o.key).c_str(),
                    o.availability == Availability::value ? o.value.c_str() : std::string(to_text(o.availability)).c_str(),
                    o.unit.c_str(), std::string(to_text(o.vintage)).c_str());
    for (const Fact& fact : verdict.facts)
        std::printf("    = %s %s, %s\n", fact.kind.c_str(), fact.key.c_str(), counted(fact.fields.size(), "field").c_str());
    for (const SameProblem& same : told_once(verdict.problems, values))
        print_problem(same, "problem", around);
    for (const SameProblem& same : told_once(verdict.findings, values))
        print_problem(same, "finding", around);
    std::printf("\n");
}

/// "tenChiTieu (6 values), maPhanTo (TONG, DOTHI), ghiChu"
void print_unread(const std::vector<workshop::UnreadField>& unread)
{
    std::vector<std::string> fields;
    for (const workshop::UnreadField& field : unread)
        fields.push_back(field.path + (field.may_be_breakdown() ? " (" + joined(field.values, ", ") + ")"
                                       : field.different > 1    ? " (" + counted(field.different, "value") + ")"
                                                                : ""));
    if (!fields.empty())
        std::printf("in the records, not read: %s\n", joined(fields, ", ").c_str());
}

void write_unread(JsonWriter& out, const std::vector<workshop::UnreadField>& unread)
{
    out.key("unread").begin_array();
    for (const workshop::UnreadField& field : unread) {
        out.begin_object().member("path", field.path).member("different", static_cast<std::int64_t>(field.different));
        if (!field.values.empty()) {
            out.key("values").begin_array();
            for (const std::string& value : field.values)
                out.text(value);
            out.end_array();
        }
        out.end_object();
    }
    out.end_array();
}

void print_json(const mapping::Mapping& mapping, const workshop::Examination& examined, const Traces& traces,
                const Surroundings& around, const catalogue::Catalogue& catalogue)
{
    ProblemTable codes;
    JsonWriter out;
    out.begin_object().member("mapping", mapping.name()).member("version", std::int64_t{mapping.version()});
    out.member("digest", mapping.digest()).key("records").begin_array();
    for (std::size_t i = 0; i < examined.verdicts.size(); ++i)
        workshop::write_verdict(out, examined.verdicts[i], traces[i], names_of(traces[i], catalogue), codes);
    out.end_array().member("skipped", std::int64_t{examined.skipped});
    write_unread(out, around.unread);
    codes.write_codes(out);
    std::printf("%s\n", out.end_object().take().c_str());
}

/// A document nothing can be made of has no records, and what is said of it is no record's affair.
int print_unreadable(const Common& common, const mapping::Mapping& mapping, const std::string& payload, std::vector<Problem> problems,
                     const std::string& file)
{
    if (const std::string other = other_likeness(payload, mapping.format()); !other.empty())
        for (Problem& problem : problems)
            problem.detail += "; " + other;
    if (common.json) {
        ProblemTable codes;
        JsonWriter out;
        out.begin_object().member("mapping", mapping.name()).member("version", std::int64_t{mapping.version()});
        out.member("digest", mapping.digest()).key("records").begin_array().end_array().member("skipped", std::int64_t{0});
        codes.write_problems(out, "problems", problems);
        codes.write_codes(out);
        std::printf("%s\n", out.end_object().take().c_str());
        return found_wrong;
    }
    std::printf("%s version %u over %s\n\nthe document cannot be read\n", mapping.name().c_str(), mapping.version(), file.c_str());
    for (const SameProblem& same : told_once(problems, {}))
        print_problem(same, "problem", {});
    return found_wrong;
}

/// What an expected file says, or the packet of a render mapping.
int print_expected(const Common& common, const mapping::Mapping& mapping, const Format& format, const std::string& payload,
                   const catalogue::Catalogue& catalogue, bool for_a_file)
{
    auto text = workshop::run_sample(mapping, format, *format_named("json"), payload, catalogue);
    if (!text && for_a_file && mapping.renders() && !text.problem().code.starts_with("sample."))
        text = workshop::no_packet(text.problem());
    if (!text) {
        print_problems({text.problem()}, common.json);
        return found_wrong;
    }
    std::printf("%s%s", text->c_str(), text->ends_with('\n') ? "" : "\n");
    return done;
}

/// Keeps the record asked for alone, with its values. False when there is no such record.
bool keep_one(workshop::Examination& examined, Traces& traces, std::int64_t record)
{
    const auto it = std::find_if(examined.verdicts.begin(), examined.verdicts.end(),
                                 [&](const Verdict& verdict) { return std::int64_t{verdict.record} == record; });
    if (it == examined.verdicts.end())
        return false;
    const auto at = static_cast<std::size_t>(it - examined.verdicts.begin());
    Verdict one = std::move(*it);
    examined.verdicts.clear();
    examined.verdicts.push_back(std::move(one));
    Traces of_one;
    of_one.push_back(std::move(traces[at]));
    traces = std::move(of_one);
    return true;
}

}  // namespace

int try_mapping(const Common& common, const MappingOptions& options)
{
    const auto folders = folders_or_print(common, {options.catalogue, options.mappings}, Wanted::catalogue);
    if (!folders)
        return not_done;
    std::error_code error;
    if (!std::filesystem::is_regular_file(options.mapping, error)) {
        print_problems({no_mapping_file(options.mapping)}, common.json);
        return not_done;
    }
    std::vector<Problem> problems;
    std::vector<Problem> findings;
    const auto digest = [](std::string_view bytes) { return seal::sha256_hex(bytes); };
    const auto catalogue = catalogue::Catalogue::load(folders->catalogue, digest, problems);
    const auto mapping =
        catalogue == nullptr ? nullptr : mapping::Mapping::load(options.mapping, *catalogue, digest, problems, findings);
    if (mapping == nullptr) {
        if (catalogue != nullptr)
            name_near_codes(problems, *catalogue);
        print_problems(problems, common.json);
        return found_wrong;
    }
    const auto format = mapping->renders() ? format_named("json") : format_named(mapping->format());
    const auto payload = read_one_file(options.payload);
    if (format == nullptr || !payload) {
        print_problems({{"settings.unreadable",
                         "the payload cannot be read",
                         options.payload,
                         {},
                         "a readable file in the mapping's format",
                         {}}},
                       common.json);
        return not_done;
    }
    if (mapping->renders() || options.expected)
        return print_expected(common, *mapping, *format, *payload, *catalogue, options.expected);

    Traces traces;
    auto examined = workshop::examine(*mapping, *format, *payload, *catalogue, {{"*"}, {}}, &traces);
    // Of a document that is refused as a whole no record was run.
    if (traces.empty() && !examined.verdicts.empty())
        return print_unreadable(common, *mapping, *payload, std::move(examined.verdicts.front().problems), options.payload);
    if (options.record >= 0 && !keep_one(examined, traces, options.record)) {
        print_problems({{"parameter.bad",
                         "the payload has no such record, or the mapping passes it over",
                         "--record",
                         std::to_string(options.record),
                         "a number from 0",
                         {}}},
                       common.json);
        return not_done;
    }
    for (Verdict& verdict : examined.verdicts)
        name_near_codes(verdict.problems, *catalogue);
    const auto refused = static_cast<std::size_t>(std::count_if(examined.verdicts.begin(), examined.verdicts.end(),
                                                                [](const Verdict& verdict) { return !verdict.accepted(); }));
    const Surroundings around = surroundings_of(*mapping, *format, *payload);
    if (common.json) {
        print_json(*mapping, examined, traces, around, *catalogue);
        return refused == 0 ? done : found_wrong;
    }
    std::printf("%s version %u over %s\n\n", mapping->name().c_str(), mapping->version(), options.payload.c_str());
    for (std::size_t i = 0; i < examined.verdicts.size(); ++i)
        print_verdict(examined.verdicts[i], traces[i], names_of(traces[i], *catalogue), around);
    std::printf("%s: %zu accepted, %zu refused, %u passed over\n",
                counted(examined.verdicts.size() + examined.skipped, "record").c_str(), examined.verdicts.size() - refused, refused,
                examined.skipped);
    print_unread(around.unread);
    return refused == 0 ? done : found_wrong;
}

}  // namespace lienthong::cli
