// lienthong catalogue draft: what a reporting system told of its catalogues, as the next state of ours: shown, written where
// asked.
#include "hub/catalogue/csv.hpp"
#include "hub/catalogue/import.hpp"
#include "hub/catalogue/import_folder.hpp"
#include "hub/cli/bench.hpp"
#include "hub/cli/draft.hpp"
#include "hub/cli/draft_tables.hpp"
#include "hub/cli/flow_route.hpp"
#include "hub/cli/loaded_catalogue.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/cli/shown_diff.hpp"
#include "hub/flow/intake.hpp"
#include "hub/flow/reconciled_message.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/model/problem_text.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace lienthong::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* entry_kind = "catalogue_entry";

struct Told
{
    std::map<std::string, ToldEntry> entries;  ///< The last of each key.
    std::size_t messages = 0;
    std::vector<Problem> problems;  ///< Of messages and records the mapping does not take.
};

/// Every message of the flow, in the order they came, through the mapping in force.
Result<Told> told_by(const Opened& opened, const FlowSettings& flow, const std::string& mapping_file)
{
    Told told;
    const auto standing = opened.data.journal->standing();
    if (!standing.ok())
        return standing.problem();
    Bench bench(opened.settings, mapping_file, flow.mapping);
    const workshop::Scope scope = route_of(opened.settings, flow).scope;
    for (MessageId id = 1; id <= standing->messages; ++id) {
        const auto message = opened.data.journal->read(id);
        if (!message.ok())
            return message.problem();
        if (message->flow != flow.name || message->content_type == flow::set_aside_content_type ||
            message->source == flow::reconciled_source)
            continue;
        const auto outcome = bench.work(*message, scope);
        if (!outcome.ok())
            return outcome.problem();
        ++told.messages;
        const std::string named = "message " + std::to_string(id) + ' ';
        for (const Verdict& verdict : outcome->verdicts) {
            for (Problem problem : verdict.problems) {
                problem.place = named + (problem.place.empty() ? verdict.place : problem.place);
                told.problems.push_back(std::move(problem));
            }
            for (const Fact& fact : verdict.facts)
                if (fact.kind == entry_kind)
                    told.entries[fact.key] = {fact, named + verdict.place};
        }
    }
    return told;
}

/// "nrs 'indicators':3" becomes the place at the source too.
void say_source(Problem& problem, const DraftTable& table)
{
    const std::string& place = problem.place;
    const std::size_t quote = place.rfind('\'');
    std::string digits;
    for (const char c : quote == std::string::npos ? std::string() : place.substr(quote))
        if (c >= '0' && c <= '9')
            digits += c;
        else if (!digits.empty())
            break;
    const std::size_t row = digits.empty() || digits.size() > 6 ? 0 : std::stoul(digits);
    if (row >= 2 && row - 2 < table.places.size())
        problem.place = table.places[row - 2] + " (" + table.table + ".csv)";
}

struct Draft
{
    std::vector<catalogue::FileDiff> files;
    std::vector<Problem> notes, findings, problems;
    std::string digest_before, digest_after;
};

/// Joins the tables, one after the other, to a copy of the catalogue. A table with a problem is left out whole.
Draft drafted(const std::string& present, const std::string& copy, const std::string& source, DraftTables tables)
{
    Draft draft;
    draft.notes = std::move(tables.notes);
    draft.problems = std::move(tables.problems);
    for (const DraftTable& table : tables.tables) {
        catalogue::ImportRequest request{.file = source,
                                         .sheet = table.table,
                                         .table = table.table,
                                         .catalogue = copy,
                                         .headings = present,
                                         .separator = {},
                                         .terms = {},
                                         .write = true};
        request.sheets = std::vector<catalogue::SourceSheet>{table.sheet};
        auto import = catalogue::import_table(request, [](std::string_view bytes) { return seal::sha256_hex(bytes); });
        for (auto* list : {&import.findings, &import.problems})
            for (Problem& problem : *list) {
                say_source(problem, table);
                (list == &import.findings ? draft.findings : draft.problems).push_back(problem);
            }
    }
    draft.files = catalogue::diff(present, copy, draft.problems);
    for (const auto& [folder, digest] : {std::pair(present, &draft.digest_before), std::pair(copy, &draft.digest_after)})
        if (const auto loaded = load_catalogue(folder, draft.problems))
            *digest = loaded->digest();
    return draft;
}

void print_list(const char* title, const std::vector<Problem>& problems)
{
    if (problems.empty())
        return;
    std::printf("%s\n", title);
    for (const Problem& problem : problems)
        std::printf("  %s  %s\n      %s\n", problem.place.c_str(), std::string(problem_text(problem.code).vi).c_str(),
                    problem.sentence().c_str());
}

void print_draft(const Draft& draft, const Told& told, const std::string& written)
{
    for (const catalogue::FileDiff& file : draft.files)
        print_file_diff(file);
    print_list("Không thành dòng | no rows of the catalogue", draft.notes);
    print_list("Để ngỏ | left open", draft.findings);
    print_list("Từ chối | refused", draft.problems);
    std::printf(
        "%zu gói tin | messages, %zu mục | entries, %zu tệp khác | files differ, %zu để ngỏ | left open, %zu từ chối | refused\n",
        told.messages, told.entries.size(), draft.files.size(), draft.findings.size(), draft.problems.size());
    if (written.empty())
        std::printf("chưa ghi gì | nothing was written: add --write FOLDER\n");
    else
        std::printf("đã ghi bản nháp | the draft was written to %s, digest %s\n", written.c_str(), draft.digest_after.c_str());
}

void print_json(const Draft& draft, const Told& told, const std::string& written)
{
    JsonWriter out;
    out.begin_object().member("messages", static_cast<std::int64_t>(told.messages));
    out.member("entries", static_cast<std::int64_t>(told.entries.size()))
        .member("old", draft.digest_before)
        .member("new", draft.digest_after);
    out.key("files").begin_array();
    for (const catalogue::FileDiff& file : draft.files)
        write_file_diff(out, file);
    out.end_array();
    write_problems(out, "notes", draft.notes);
    write_problems(out, "findings", draft.findings);
    write_problems(out, "problems", draft.problems);
    out.member("written", written);
    std::printf("%s\n", out.end_object().take().c_str());
}

/// "COLUMN=VALUE" of the columns an entry may leave unsaid.
bool take_otherwise(const std::vector<std::string>& written, DraftTerms& terms, std::vector<Problem>& problems)
{
    for (const std::string& pair : written) {
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string column = pair.substr(0, equals);
        if (equals == pair.size() || (column != "valid_from" && column != "act" && column != "regime"))
            problems.push_back({"parameter.bad",
                                "--set gives what entries leave unsaid",
                                "--set",
                                pair,
                                "valid_from=, act= or regime= and a value",
                                {}});
        else
            terms.otherwise[column] = pair.substr(equals + 1);
    }
    return problems.empty();
}

std::set<std::string> regimes_in(const std::string& folder)
{
    std::set<std::string> out;
    const auto files = catalogue::catalogue_files(folder);
    if (const auto file = files.find("regimes.csv"); file != files.end())
        if (const auto rows = catalogue::read_csv(file->second, file->first); rows.ok())
            for (const catalogue::CsvRow& row : *rows)
                out.insert(row.front().text);
    return out;
}

/// The whole folder as it was drafted, beside nothing: a folder that is there is never written to.
Result<void> put_in_place(const std::string& from, const std::string& to)
{
    std::error_code error;
    if (fs::exists(to, error))
        return Problem{"catalogue.not_written",
                       "a draft is written to a folder that is not there yet",
                       to,
                       "a folder or file",
                       "another name",
                       {}};
    fs::create_directories(fs::path(to).parent_path().empty() ? fs::path(".") : fs::path(to).parent_path(), error);
    const std::string beside = to + ".part";
    fs::remove_all(beside, error);
    fs::copy(from, beside, fs::copy_options::recursive, error);
    if (!error)
        fs::rename(beside, to, error);
    if (error)
        return Problem{
            "catalogue.not_written", "the draft cannot be written: " + error.message(), to, {}, "a folder that can be made", {}};
    return {};
}

}  // namespace

int catalogue_draft(const Common& common, const DraftOptions& options)
{
    const auto fail = [&](std::vector<Problem> problems) {
        print_problems(problems, common.json);
        return not_done;
    };
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const Settings& settings = opened->settings;
    const ReferenceData reference = load_reference_data(settings.catalogue, settings.mappings);
    if (!reference.problems.empty())
        return fail(reference.problems);
    const auto flow = std::find_if(settings.flows.begin(), settings.flows.end(),
                                   [&](const FlowSettings& one) { return one.name == options.flow; });
    if (flow == settings.flows.end() || flow->mapping.empty())
        return fail({{"settings.flow",
                      "there is no such flow that brings messages in",
                      {},
                      options.flow,
                      "a flow of the configuration",
                      {}}});
    const auto file = std::find_if(reference.by_file.begin(), reference.by_file.end(),
                                   [&](const auto& one) { return one.second->name() == flow->mapping; });
    if (file == reference.by_file.end() || !file->second->program().fact || file->second->program().fact->kind != entry_kind)
        return fail({{"settings.flow",
                      "the flow's mapping makes no facts of kind catalogue_entry",
                      {},
                      flow->mapping,
                      "nrs/catalogue, or one like it",
                      {}}});

    DraftTerms terms{.prefix = options.prefix,
                     .name = "Danh mục do luồng " + flow->name + " nhận về",
                     .otherwise = {},
                     .regimes = regimes_in(settings.catalogue)};
    std::vector<Problem> problems;
    if (terms.prefix.empty() || terms.prefix.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != std::string::npos)
        problems.push_back({"parameter.bad", "codes are capitals, digits and '_'", "--prefix", terms.prefix, "such as NRS", {}});
    if (!take_otherwise(options.set, terms, problems))
        return fail(problems);

    const auto told = told_by(*opened, *flow, file->first);
    if (!told.ok())
        return fail({told.problem()});
    std::vector<ToldEntry> entries;
    for (const auto& [key, entry] : told->entries)
        entries.push_back(entry);
    DraftTables tables = draft_tables(entries, terms, *reference.catalogue);
    tables.problems.insert(tables.problems.end(), told->problems.begin(), told->problems.end());

    const catalogue::TemporaryFolder copy;
    for (const auto& entry : fs::directory_iterator(settings.catalogue))
        fs::copy(entry.path(), fs::path(copy.path()) / entry.path().filename(), fs::copy_options::recursive);
    const Draft draft = drafted(settings.catalogue, copy.path(), flow->name, std::move(tables));
    std::string written;
    if (!options.out.empty()) {
        if (const auto put = put_in_place(copy.path(), options.out); !put.ok())
            return fail({put.problem()});
        written = options.out;
    }
    common.json ? print_json(draft, *told, written) : print_draft(draft, *told, written);
    return draft.problems.empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
