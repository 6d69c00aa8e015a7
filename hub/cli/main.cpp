// lienthong: the command line. Reads the words; what they do stands in the file of each subcommand.
#include "hub/cli/commands.hpp"
#include "hub/cli/document.hpp"
#include "hub/cli/draft.hpp"
#include "hub/cli/facts.hpp"
#include "hub/cli/mapping_folders.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <functional>

namespace {

using namespace lienthong::cli;

/// The subcommand that was named, to be run once all words are read.
using Chosen = std::function<int()>;

struct MappingWork
{
    DiffOptions diff;
    ExplainOptions explain;
    PreflightOptions preflight;
    NewMappingOptions draft;
};

constexpr const char* catalogue_option = "the catalogue's folder; else the configuration's, else mappings/catalogue";
constexpr const char* mappings_option = "the mappings' folder; else the configuration's, else mappings";

/// A draft needs the catalogue alone.
int begin_mapping(const Common& common, NewMappingOptions options)
{
    const auto folders = folders_or_print(common, {options.catalogue, {}}, Wanted::catalogue);
    if (!folders)
        return not_done;
    options.catalogue_named = !options.catalogue.empty();
    options.catalogue = folders->catalogue;
    return mapping_new(common, options);
}

void add_token(CLI::App& app, const Common& common, TokenOptions& options, Chosen& chosen)
{
    auto* token = app.add_subcommand("token", "issue, list and revoke the tokens of senders and readers");
    token->require_subcommand(1);
    auto* issue = token->add_subcommand("issue", "issue a token; its secret is shown once");
    issue->add_option("--sender", options.sender, "who it is for, e.g. so-tai-chinh")->required();
    issue->add_option("--role", options.roles, "push, pull or operate; repeat")->required();
    issue->add_option("--agency", options.agencies, "agency it may speak for; repeat, or * for all")->required();
    issue->add_option("--note", options.note, "a note for the operator");
    issue->callback([&] { chosen = [&] { return token_issue(common, options); }; });
    token->add_subcommand("list", "every token, revoked ones too")->callback([&] { chosen = [&] { return token_list(common); }; });
    auto* revoke = token->add_subcommand("revoke", "refuse a token from now on");
    revoke->add_option("id", options.id, "its public name, T-…")->required();
    revoke->callback([&] { chosen = [&] { return token_revoke(common, options); }; });
}

void add_document(CLI::App& app, const Common& common, DocumentOptions& options, Chosen& chosen)
{
    auto* document = app.add_subcommand("document", "send reports with attachments to other bodies, and see how they stand");
    document->require_subcommand(1);
    const auto words = [&](CLI::App* command) {
        command->add_option("--number", options.number, "its number, e.g. 145")->required();
        command->add_option("--notation", options.notation, "its notation, e.g. BC-UBND")->required();
        command->add_option("--subject", options.subject, "what it is about")->required();
        command->add_option("--attach", options.attachments, "a file; repeat")->required()->allow_extra_args(false);
        command->add_option("--date", options.day, "the day it was issued, yyyy-MM-dd; else today");
        command->add_option("--place", options.place, "where it was issued; else the province");
        command->add_option("--type", options.type, "its kind")->default_val(options.type);
        command->add_option("--position", options.position, "the signer's position");
        command->add_option("--signer", options.signer, "who signed it");
    };
    const auto command = [&](const char* name, const char* purpose, int (*run)(const Common&, const DocumentOptions&)) {
        auto* one = document->add_subcommand(name, purpose);
        one->add_option("--by", options.by, "who decides it")->required();
        one->add_option("--flow", options.flow, "the flow, where several send documents");
        one->callback([&common, &options, &chosen, run] { chosen = [&common, &options, run] { return run(common, options); }; });
        return one;
    };
    const auto about = [&](CLI::App* one, const char* which) { one->add_option("document", options.document, which)->required(); };
    constexpr const char* sent = "what was sent, by its number in the list or its DocumentId";
    auto* send = command("send", "take a report in; it is on disk when this ends, and the running hub sends it", document_send);
    send->add_option("--to", options.to, "code of a body that gets it; repeat")->required()->allow_extra_args(false);
    words(send);
    auto* recall = command("recall", "take back what was sent; each recipient agrees or refuses", document_recall);
    about(recall, sent);
    recall->add_option("--to", options.to, "only from this recipient; repeat")->allow_extra_args(false);
    auto* update = command("update", "say anew what a document is about, or who gets it", document_update);
    about(update, sent);
    update->add_option("--subject", options.subject, "what it is about now");
    update->add_option("--attach", options.attachments, "a file; repeat")->allow_extra_args(false);
    update->add_option("--add", options.add, "a further recipient; repeat")->allow_extra_args(false);
    update->add_option("--remove", options.remove, "a recipient no longer; repeat")->allow_extra_args(false);
    auto* replace = command("replace", "send a document that takes the place of another", document_replace);
    about(replace, sent);
    replace->add_option("--to", options.to, "who gets it; repeat; else who got the other")->allow_extra_args(false);
    words(replace);
    auto* tell = command("tell", "tell its sender how a document that came in stands, or (13) ask for one back that was sent", document_tell);
    about(tell, "its DocumentId");
    tell->add_option("--code", options.code, "02 refused, 03 accepted, 04 assigned, 05 being processed, 06 finished, 15 agreed, 16 not agreed; 13 give it back")->required();
    tell->add_option("--reason", options.reason, "why; needed with 02 and 13");
    tell->add_option("--to", options.to, "with 13, only from this recipient; repeat")->allow_extra_args(false);
    for (auto* one : {recall, update, replace})
        one->add_option("--reason", options.reason, "why, for the recipients")->required();
    auto* list = document->add_subcommand("list", "what was sent, newest first, with what each recipient says; 1 when somebody has to act");
    list->add_option("--limit", options.limit, "how many at most")->default_val(options.limit);
    list->add_flag("--told", options.told, "instead, the statuses told to the senders of documents that came in");
    list->callback([&] { chosen = [&] { return document_list(common, options); }; });
}

void add_outbox(CLI::App& app, const Common& common, OutboxOptions& options, OutboxNameOptions& naming, Chosen& chosen)
{
    auto* outbox = app.add_subcommand("outbox", "figures on their way to partners, with the receipts that came back");
    outbox->require_subcommand(1);
    auto* list = outbox->add_subcommand("list", "newest first, each with its attempts, receipt or reason; 1 when somebody has to act");
    list->add_option("--flow", options.flow, "of this flow only");
    list->add_option("--state", options.state, "pending, attempting, unknown, delivered, failed or ask_person");
    list->add_option("--limit", options.limit, "how many at most are looked at")->default_val(options.limit);
    list->callback([&] { chosen = [&] { return outbox_list(common, options); }; });
    auto* settle = outbox->add_subcommand("settle", "say what became of one that failed or asks for a person, once the partner was asked");
    settle->add_option("id", options.id, "its number")->required();
    settle->add_option("--as", options.outcome, "delivered: the partner has it; again: send it once more; closed: it is not sent")
        ->required()
        ->check(CLI::IsMember({"delivered", "again", "closed"}));
    settle->add_option("--reason", options.reason, "what the partner said, and who asked")->required();
    settle->callback([&] { chosen = [&] { return outbox_settle(common, options); }; });
    auto* names = outbox->add_subcommand("names", "what partners call the facts they were told, newest first");
    names->add_option("--flow", naming.flow, "of this flow only");
    names->add_option("--key", naming.key, "of the fact with this key only");
    names->add_option("--limit", naming.limit, "how many at most")->default_val(naming.limit);
    names->callback([&] { chosen = [&] { return outbox_names(common, naming); }; });
    auto* name = outbox->add_subcommand("name", "say what a partner calls a fact, where its own answer was lost; what is told later uses it");
    name->add_option("--flow", naming.flow, "the flow that told the fact")->required();
    name->add_option("--key", naming.key, "the fact's key, such as a dossier's code")->required();
    name->add_option("--is", naming.name, "the partner's name, as its connector's README says it is written")->required();
    name->add_option("--reason", naming.reason, "who said so, and who asked")->required();
    name->callback([&] { chosen = [&] { return outbox_name(common, naming); }; });
}

void add_quarantine(CLI::App& app, const Common& common, QuarantineOptions& options, Chosen& chosen)
{
    auto* quarantine = app.add_subcommand("quarantine", "what was refused, why, and closing it");
    quarantine->require_subcommand(1);
    auto* list = quarantine->add_subcommand("list", "records in quarantine with place, rule, found, expected and remedy");
    list->add_option("--flow", options.flow, "of this flow only");
    list->add_option("--state", options.state, "refused, waiting, returned or closed");
    list->add_option("--limit", options.limit, "how many at most")->default_val(options.limit);
    list->callback([&] { chosen = [&] { return quarantine_list(common, options); }; });
    auto* close = quarantine->add_subcommand("close", "close a record that needs no mending");
    close->add_option("id", options.id, "its number")->required();
    close->add_option("--reason", options.reason, "why, and who decided it")->required();
    close->callback([&] { chosen = [&] { return quarantine_close(common, options); }; });

    auto* again = app.add_subcommand("replay", "run quarantined records again after a mapping or the catalogue was mended");
    again->add_option("--flow", options.flow, "of this flow only");
    again->callback([&] { chosen = [&] { return replay(common, options); }; });
}

void add_disagreements(CLI::App& app, const Common& common, DisagreementOptions& options, Chosen& chosen)
{
    auto* disagreements = app.add_subcommand("disagreements", "figures that agencies tell differently, and settling which one stands");
    disagreements->require_subcommand(1);
    auto* list = disagreements->add_subcommand("list", "each with every agency's figure, the owner, and what to do");
    list->add_option("--indicator", options.indicator, "of this indicator only");
    list->add_option("--state", options.state, "open, settled or all")->default_val(options.state);
    list->add_option("--limit", options.limit, "how many at most")->default_val(options.limit);
    list->callback([&] { chosen = [&] { return disagreements_list(common, options); }; });
    auto* settle = disagreements->add_subcommand("settle", "say whose figure stands, until one of them is told anew");
    settle->add_option("key", options.key, "the figure's key, in quotes: 'A_VIII_1|VALUE|2026-03|GSO:33|_T'")->required();
    settle->add_option("--agency", options.agency, "whose figure stands")->required();
    settle->add_option("--reason", options.reason, "what the agencies agreed on, and why")->required();
    settle->callback([&] { chosen = [&] { return disagreements_settle(common, options); }; });
}

void add_facts(CLI::App& app, const Common& common, FactOptions& options, Chosen& chosen)
{
    auto* facts = app.add_subcommand("facts", "facts, such as dossiers, as several sources tell them");
    facts->require_subcommand(1);
    auto* compare = facts->add_subcommand("compare", "what two sources do not say the same of, such as the states of dossiers here and at the portal; 1 when there is any");
    compare->add_option("name", options.name, "of this comparison only: a file of mappings/compared");
    compare->add_option("--only", options.only, "differs, only_here or only_there");
    compare->add_option("--limit", options.limit, "how many at most; all are counted")->default_val(options.limit);
    compare->callback([&] { chosen = [&] { return facts_compare(common, options); }; });
}

void add_rules(CLI::App& app, const Common& common, RuleOptions& options, Chosen& chosen)
{
    auto* rules = app.add_subcommand("rules", "figures that do not agree with each other by a declared rule; 1 when one is open");
    rules->require_subcommand(1);
    auto* list = rules->add_subcommand("list", "each with the rule, every figure, its revision and source, and what would be right");
    list->add_option("--state", options.state, "open, mended or all")->default_val(options.state);
    auto* check = rules->add_subcommand("check", "look at what changed since the last time, then list");
    check->add_flag("--all", options.all, "also look at every figure anew, and compare with the list");
    for (auto* one : {list, check}) {
        one->add_option("--indicator", options.indicator, "whose subject is this indicator only");
        one->add_option("--rule", options.rule, "of this rule only");
        one->add_option("--severity", options.severity, "refuse, finding or hint");
        one->add_option("--limit", options.limit, "how many at most")->default_val(options.limit);
    }
    list->callback([&] { chosen = [&] { return rules_list(common, options); }; });
    check->callback([&] { chosen = [&] { return rules_check(common, options); }; });
}

void add_mappings(CLI::App& app, const Common& common, MappingOptions& options, Chosen& chosen)
{
    const auto folders = [&options](CLI::App* command) {
        command->add_option("--catalogue", options.catalogue, catalogue_option);
        command->add_option("--mappings", options.mappings, mappings_option);
    };
    auto* checking = app.add_subcommand("check", "find every error in every mapping, with file:line:column");
    checking->add_option("mapping", options.mapping, "this mapping's file only");
    folders(checking);
    checking->callback([&] { chosen = [&] { return check(common, options); }; });
    auto* trying = app.add_subcommand("try", "run a mapping over a payload and show where each value came from");
    trying->add_option("mapping", options.mapping, "the mapping's file")->required();
    trying->add_option("payload", options.payload, "the payload's file")->required();
    trying->add_option("--record", options.record, "this record only, counted from 0")->check([](const std::string& number) {
        return number.starts_with('-') ? std::string("records are counted from 0") : std::string();
    });
    trying->add_flag("--expected", options.expected, "print what the expected file beside a sample says");
    folders(trying);
    trying->callback([&] { chosen = [&] { return try_mapping(common, options); }; });
    auto* testing = app.add_subcommand("test", "run the samples beside each mapping, and say what no sample reaches");
    testing->add_option("mapping", options.mapping, "this mapping's file only");
    testing->add_option("--cover", options.cover, "percent of each mapping the samples must reach, else exit 1")->check(CLI::Range(0, 100));
    folders(testing);
    testing->callback([&] { chosen = [&] { return test_mappings(common, options); }; });
}

/// The loop of work around a mapping: draft it, see what a draft changes, follow a figure back, check before sending.
void add_mapping_work(CLI::App& app, const Common& common, MappingWork& work, Chosen& chosen)
{
    auto* comparing = app.add_subcommand("diff", "run kept messages through a draft of their mapping and show which figures would change; writes nothing");
    comparing->add_option("mapping", work.diff.mapping, "the draft's file; its name is that of the mapping it is to replace")->required();
    comparing->add_option("--flow", work.diff.flow, "messages of this flow only");
    comparing->add_option("--since", work.diff.since, "messages received on this day or later, yyyy-MM-dd");
    comparing->callback([&] { chosen = [&] { return diff_mapping(common, work.diff); }; });
    auto* explaining = app.add_subcommand("explain", "follow a stored figure back to its bytes, mapping, sender and seal");
    explaining->add_option("figure", work.explain.figure, "a revision's number, or a key in quotes: 'A_I_1|VALUE|2026-03|GSO:33|_T', with |agency or without")->required();
    explaining->callback([&] { chosen = [&] { return explain(common, work.explain); }; });

    auto* checking = app.add_subcommand("preflight", "check files before they are sent, without a hub: the verdicts a hub would answer");
    checking->add_option("files", work.preflight.files, "what is to be sent")->required();
    auto* by = checking->add_option_group("by", "how it is read");
    by->add_option("--mapping", work.preflight.mapping, "a mapping's name or file");
    by->add_option("--flow", work.preflight.flow, "a flow of the configuration");
    by->require_option(1);
    checking->add_option("--agency", work.preflight.agencies, "agency the sender may speak for; repeat; else the flow's, or all")->allow_extra_args(false);
    checking->add_option("--area", work.preflight.area, "everything must lie within it, e.g. GSO:33; else the configuration's with --flow");
    checking->add_flag("--atomic", work.preflight.atomic, "as mode=atomic: all or nothing");
    checking->add_option("--catalogue", work.preflight.catalogue, catalogue_option);
    checking->add_option("--mappings", work.preflight.mappings, mappings_option);
    checking->callback([&] { chosen = [&] { return preflight(common, work.preflight); }; });

    auto* mapping = app.add_subcommand("mapping", "write mappings: a draft from a payload, the schema for editors");
    mapping->require_subcommand(1);
    auto* drafting = mapping->add_subcommand("new", "a draft from a payload; what a person must decide is left open, and check says where");
    drafting->add_option("--from", work.draft.from, "the payload's file")->required();
    drafting->add_option("--name", work.draft.name, "connector/name")->default_val("demo/draft");
    drafting->add_option("--format", work.draft.format, "the payload's format; else by its first character");
    drafting->add_option("--out", work.draft.out, "folder to write the mapping, its table and the sample to; else the mapping is printed");
    drafting->add_option("--catalogue", work.draft.catalogue, catalogue_option);
    drafting->callback([&] { chosen = [&] { return begin_mapping(common, work.draft); }; });
    mapping->add_subcommand("schema", "a JSON Schema of mapping files, for editors")->callback([&] { chosen = [] { return mapping_schema(); }; });
}

/// What an event of each kind needs; who and why stand in all of them.
void add_record(CLI::App& compliance, const Common& common, ComplianceOptions& options, Chosen& chosen)
{
    auto* record = compliance.add_subcommand("record", "append what happened; nothing appended is ever changed");
    record->require_subcommand(1);
    const auto kind = [&](const char* name, const char* purpose) {
        auto* one = record->add_subcommand(name, purpose);
        const bool receipt = std::string(name) == "receipt";
        one->add_option("--form", options.form, "the form; else all")->required(receipt);
        one->add_option("--agency", options.agency, "the agency; else all")->required(receipt);
        one->add_option("--period", options.period, "the period, e.g. 2026-03; else all")->required(receipt);
        one->add_option("--who", options.who, "who decided or reported it")->required();
        one->add_option("--why", options.why, "the reason")->required();
        one->callback([&options, &common, &chosen, name] {
            options.kind = name;
            chosen = [&] { return compliance_record(common, options); };
        });
        return one;
    };
    auto* receipt = kind("receipt", "a report came, at this moment");
    receipt->add_option("--submission", options.submission, "its name in the hub, S-…, or where it is kept")->required();
    receipt->add_option("--lacks", options.lacking, "a part it still lacks; repeat");
    auto* extension = kind("extension", "more time, by an act");
    extension->add_option("--until", options.until, "the last day, or the first moment that is late")->required();
    extension->add_option("--act", options.act, "the act that grants it")->required();
    auto* incident = kind("incident", "something kept reports from coming");
    incident->add_option("--from", options.from, "since when; else now");
    incident->add_option("--until", options.until, "its last day or its end; else it is not over");
    incident->add_option("--act", options.act, "the notice of it");
    auto* intake = kind("intake", "the lead opens or closes intake at other times");
    intake->add_option("--from", options.from, "when it opens");
    intake->add_option("--until", options.until, "the last day, or the first moment that is late");
    intake->add_option("--act", options.act, "the notice to the reporting units")->required();
    kind("waiver", "the report is not owed after all")->add_option("--act", options.act, "the act that waives it");
}

void add_compliance(CLI::App& app, const Common& common, ComplianceOptions& options, Chosen& chosen)
{
    auto* compliance = app.add_subcommand("compliance", "who owes which reports, by when, and how each agency stands");
    compliance->require_subcommand(0, 1);
    compliance->add_option("--set", options.set, "set of report forms; else the configuration's");
    compliance->add_option("--catalogue", options.catalogue, "the catalogue's folder, without a hub and its events");
    auto* span = compliance->add_option_group("span", "what falls due in it; today's month if none is named");
    span->add_option("--day", options.day, "its month, as it stood at the end of that day, e.g. 2026-03-18");
    span->add_option("--month", options.month, "e.g. 2026-03");
    span->add_option("--quarter", options.quarter, "e.g. 2026-Q1");
    span->add_option("--year", options.year, "e.g. 2026");
    span->require_option(0, 1);
    compliance->add_option("--agency", options.agency, "this agency's obligations one by one");
    auto* csv = compliance->add_flag("--csv", options.csv, "as CSV");
    compliance->add_option("--xlsx", options.xlsx, "into this file, for a spreadsheet: the scoreboard and every obligation")->excludes(csv);
    compliance->add_flag("--findings", options.findings, "what the catalogue leaves open instead");
    compliance->callback([compliance, &options, &common, &chosen] {
        if (compliance->get_subcommands().empty())
            chosen = [&] { return compliance_board(common, options); };
    });
    add_record(*compliance, common, options, chosen);
    auto* import = compliance->add_subcommand("import", "take over receipts another system recorded; shows first, nothing is changed");
    import->add_option("file", options.file, "CSV: form, period, agency, received, submission, lacking")->required();
    import->add_option("--who", options.who, "who vouches for the list")->required();
    import->add_option("--act", options.act, "the minutes or letter it came with")->required();
    import->add_flag("--write", options.write, "keep them");
    import->callback([&] { chosen = [&] { return compliance_import(common, options); }; });
    auto* remind = compliance->add_subcommand("remind", "write to each agency once about its reports that fall due, as serve does by itself");
    remind->add_flag("--dry-run", options.dry_run, "print the letters, send and record nothing");
    remind->add_option("--at", options.at, "as of this moment, RFC 3339; what went out at any time is not sent again");
    remind->callback([&] { chosen = [&] { return compliance_remind(common, options); }; });
}

/// Beside the others, because it needs a hub's messages and not the catalogue alone.
void add_draft(CLI::App& catalogue, const Common& common, DraftOptions& options, Chosen& chosen)
{
    auto* drafting = catalogue.add_subcommand("draft", "what a reporting system told of its catalogues, as the next state of ours; nothing is overwritten");
    drafting->add_option("--from-flow", options.flow, "the flow whose kept messages it is made of")->required();
    drafting->add_option("--prefix", options.prefix, "set of the new rows, and what their codes begin with")->default_val(options.prefix);
    drafting->add_option("--set", options.set, "valid_from=, act= or regime=: what entries leave unsaid");
    drafting->add_option("--write", options.out, "the folder to write the draft to; it must not be there yet");
    drafting->callback([&] { chosen = [&] { return catalogue_draft(common, options); }; });
}

void add_catalogue(CLI::App& app, const Common& common, CatalogueOptions& options, DraftOptions& draft, Chosen& chosen)
{
    auto* catalogue = app.add_subcommand("catalogue", "indicators, forms, areas, agencies and units: look up, look over, compare");
    catalogue->require_subcommand(1);
    const auto folder = [&options](CLI::App* command) {
        command->add_option("--catalogue", options.catalogue, catalogue_option);
    };
    auto* linting = catalogue->add_subcommand("lint", "what the acts left open, contradict or write in two ways, with its place");
    folder(linting);
    linting->add_option("--kind", options.kind, "findings of this kind only, e.g. unit_missing");
    linting->callback([&] { chosen = [&] { return catalogue_lint(common, options); }; });
    auto* showing = catalogue->add_subcommand("show", "what a code means on a day, who answers for it, what became of it");
    showing->add_option("code", options.code, "an indicator, form, area (GSO:15), agency or unit; a name will do")->required();
    showing->add_option("--as-of", options.as_of, "the day, yyyy-MM-dd; else today");
    folder(showing);
    showing->callback([&] { chosen = [&] { return catalogue_show(common, options); }; });
    auto* comparing = catalogue->add_subcommand("diff", "what differs between two catalogues; another meaning of a code is an error");
    comparing->add_option("old", options.older, "the older folder")->required();
    comparing->add_option("new", options.newer, "the newer folder")->required();
    comparing->callback([&] { chosen = [&] { return catalogue_diff(common, options); }; });
    auto* exporting = catalogue->add_subcommand("export", "write the catalogue in canonical form, or count what it holds");
    exporting->add_option("--out", options.out, "the folder to write to");
    exporting->add_flag("--counts", options.counts, "lines, figures, forms and bodies of each list");
    folder(exporting);
    exporting->callback([&] { chosen = [&] { return catalogue_export(common, options); }; });
    auto* importing = catalogue->add_subcommand("import", "make rows of a table out of an office's CSV: shown first, written with --write");
    importing->add_option("file", options.file, "the CSV file: comma, semicolon or tab, title lines above the header or none")->required();
    importing->add_option("--as", options.table, "the table: indicators, agencies, forms, areas, units …")->required();
    importing->add_option("--set", options.set, "COLUMN=VALUE for every row");
    importing->add_option("--columns", options.columns, "HEADING=COLUMN,… where headings.csv does not know it; HEADING=- leaves it out");
    importing->add_option("--prefix", options.prefix, "what made codes begin with: BN, GSO, H05");
    importing->add_option("--province", options.province, "the province's code, inside which bare names of agencies count");
    importing->add_option("--sheet", options.sheet, "the sheet of a workbook; else the one with a header");
    importing->add_option("--separator", options.separator, "comma, semicolon or tab; else told from the header");
    importing->add_option("--headings", options.headings, "the folder of headings.csv; else the catalogue's");
    importing->add_flag("--write", options.write, "write what is shown");
    folder(importing);
    importing->callback([&] { chosen = [&] { return catalogue_import(common, options); }; });
    add_draft(*catalogue, common, draft, chosen);
}

void add_flow(CLI::App& app, const Common& common, FlowOptions& options, Chosen& chosen)
{
    auto* flow = app.add_subcommand("flow", "flows: which there are, stopping one for a while, testing its connection");
    flow->require_subcommand(1);
    flow->add_subcommand("list", "every flow, and which are paused by whom and why")->callback([&] { chosen = [&] { return flow_list(common); }; });
    const auto named = [&](const char* name, const char* purpose, int (*run)(const Common&, const FlowOptions&)) {
        auto* one = flow->add_subcommand(name, purpose);
        one->add_option("name", options.name, "the flow, as the configuration names it")->required();
        one->callback([&common, &options, &chosen, run] { chosen = [&common, &options, run] { return run(common, options); }; });
        return one;
    };
    auto* pausing = named("pause", "take nothing new until it is resumed, also after a restart; what was taken goes on", flow_pause);
    pausing->add_option("--reason", options.reason, "why, for whoever comes next")->required();
    auto* resuming = named("resume", "let a paused flow go on", flow_resume);
    for (auto* one : {pausing, resuming})
        one->add_option("--who", options.who, "who decided; else the account");
    named("test", "try its connection step by step, beside a running hub or without; 1 when a step fails. Keeps and acknowledges nothing", flow_test);
}

void add_compute(CLI::App& app, const Common& common, ComputeOptions& options, Chosen& chosen)
{
    auto* computing = app.add_subcommand("compute", "work out every computed indicator from all facts, compare with what is stored, and mend it");
    computing->add_flag("--all", options.all, "from the beginning; the only way there is")->required();
    computing->add_flag("--check", options.check, "only compare; store nothing");
    computing->add_option("--computation", options.computation, "this one only, e.g. computed/settled");
    computing->callback([&] { chosen = [&] { return compute_all(common, options); }; });
}

void add_operation(CLI::App& app, const Common& common, VerifyOptions& verifying, ReconcileOptions& reconciled, Chosen& chosen)
{
    app.add_subcommand("serve", "run the hub until it is asked to stop")->callback([&] { chosen = [&] { return serve(common); }; });
    app.add_subcommand("status", "the sum of all records, and what waits")->callback([&] { chosen = [&] { return status(common); }; });
    auto* reconciling = app.add_subcommand("reconcile", "count everything again from the rows and compare; with a flow, compare with its source");
    auto* of_flow = reconciling->add_option("flow", reconciled.flow, "ask this flow's source what it holds, and compare item by item");
    reconciling->add_option("--since", reconciled.since, "what the source holds since this day, e.g. 2025-03-01; else as the last time")->needs(of_flow);
    reconciling->add_flag("--csv", reconciled.csv, "the differences as CSV")->needs(of_flow);
    reconciling->add_option("--who", reconciled.who, "who decided it; else the account");
    reconciling->require_subcommand(0, 1);
    reconciling->callback([&, reconciling] {
        if (reconciling->get_subcommands().empty())
            chosen = [&] { return reconciled.flow.empty() ? reconcile(common) : reconcile_source(common, reconciled); };
    });
    const auto acting = [&](const char* name, const char* purpose, bool with_reason) {
        auto* one = reconciling->add_subcommand(name, purpose);
        one->add_option("items", reconciled.items, "identities, as the list of differences has them")->required();
        one->add_option("--reason", reconciled.reason, "why, and who decided it")->required(with_reason);
        one->callback([&, name] {
            reconciled.action = name;
            chosen = [&] { return reconcile_source(common, reconciled); };
        });
        return one;
    };
    acting("fetch", "ask the source for these items again; they are taken in as any message, and nothing twice", false);
    acting("withdraw", "take back the figures of items the source has no more, each as a revision with the reason", true)
        ->add_flag("--dry-run", reconciled.dry_run, "only show which figures");
    acting("accept", "accept these differences, until either side says something else", true);

    auto* proof = app.add_subcommand("verify", "check a figure's exported proof, offline");
    proof->add_option("file", verifying.file, "the proof")->required();
    proof->add_option("--authorities", verifying.authorities, "PEM file of the roots trusted for the province's certificate")->required();
    proof->add_option("--log-key", verifying.log_key, "file with the verifier text of the log's key")->required();
    proof->callback([&] { chosen = [&] { return verify(common, verifying); }; });

    auto* config = app.add_subcommand("config", "the configuration file");
    config->require_subcommand(1);
    config->add_subcommand("reference", "every key, its type, default and meaning")->callback([&] { chosen = [] { return config_reference(); }; });
    config->add_subcommand("check", "check the file and everything it names, without starting")->callback([&] {
        chosen = [&] { return config_check(common); };
    });
}

void add_plugins(CLI::App& app, const Common& common, PluginOptions& options, Chosen& chosen)
{
    auto* plugins = app.add_subcommand("plugins", "connectors: which there are, trusted or not, what each speaks and is told");
    plugins->require_subcommand(0, 1);
    plugins->callback([plugins, &common, &chosen] {
        if (plugins->get_subcommands().empty())
            chosen = [&] { return plugins_list(common); };
    });
    plugins->add_subcommand("list", "name, version, what it speaks, polls, delivers or is called, digest, trusted or not")
        ->callback([&] { chosen = [&] { return plugins_list(common); }; });
    const auto about_one = [&options](CLI::App* command) {
        auto* one = command->add_option_group("one", "which connector");
        one->add_option("name", options.name, "a trusted connector");
        one->add_option("--file", options.file, "a shared object that you built yourself: its code runs, trusted or not");
        one->require_option(1);
    };
    auto* describe = plugins->add_subcommand("describe", "every setting with type, default, range, choices and help; credentials; inbound routes");
    about_one(describe);
    describe->callback([&] { chosen = [&] { return plugins_describe(common, options); }; });
    auto* reference = plugins->add_subcommand("reference", "the same as Markdown tables, for the connector's README");
    about_one(reference);
    auto* check = reference->add_option("--check", options.check, "hold what stands under ## Settings in this file against it");
    reference->add_option("--write", options.write, "put it under ## Settings in this file")->excludes(check);
    reference->callback([&] { chosen = [&] { return plugins_reference(common, options); }; });
    auto* trust = plugins->add_subcommand("trust", "add a plugin's file to the lock file");
    trust->add_option("file", options.file, "the shared object")->required();
    trust->callback([&] { chosen = [&] { return plugins_trust(common, options.file); }; });
}

void add_new(CLI::App& app, const Common& common, NewConnectorOptions& options, Chosen& chosen)
{
    auto* begin = app.add_subcommand("new", "begin something");
    begin->require_subcommand(1);
    auto* connector = begin->add_subcommand("connector", "write a connector that builds and passes its tests: source, mapping, golden cases, simulator");
    connector->add_option("name", options.name, "its name: lower-case letters and digits, joined by _")->required();
    connector->add_option("--out", options.out, "a project of its own in this new folder; else the folders of this repository");
    connector->callback([&] { chosen = [&] { return new_connector(common, options); }; });
}

}  // namespace

int main(int argc, char** argv)
{
    CLI::App app("Lienthong: takes figures out of the systems that hold them, under standard indicator codes, with proof.\n"
                 "Exit codes: 0 done; 1 done, and something is wrong with what was looked at; 2 it could not be done.");
    app.require_subcommand(1);
    Common common;
    TokenOptions token;
    DocumentOptions document;
    QuarantineOptions quarantine;
    OutboxOptions outbox;
    OutboxNameOptions outbox_naming;
    DisagreementOptions disagreements;
    RuleOptions rules;
    FactOptions facts;
    MappingOptions mappings;
    MappingWork mapping_work;
    CatalogueOptions catalogue;
    DraftOptions catalogue_draft_options;
    ComplianceOptions compliance;
    VerifyOptions verifying;
    ReconcileOptions reconciled;
    ComputeOptions computing;
    PluginOptions plugins;
    NewConnectorOptions beginning;
    FlowOptions flow;
    Chosen chosen;
    // Said before the subcommand or behind it: what a subcommand does not know is asked of what it stands below.
    app.fallthrough();
    app.footer("With every subcommand, before it or behind it: --config FILE; --json where there is something to list.");
    const auto* config = app.add_option("--config", common.config, "the configuration file")->default_val(common.config);
    app.add_flag("--json", common.json, "answer in JSON");
    add_compute(app, common, computing, chosen);
    add_operation(app, common, verifying, reconciled, chosen);
    add_plugins(app, common, plugins, chosen);
    add_new(app, common, beginning, chosen);
    add_flow(app, common, flow, chosen);
    add_token(app, common, token, chosen);
    add_document(app, common, document, chosen);
    add_outbox(app, common, outbox, outbox_naming, chosen);
    add_quarantine(app, common, quarantine, chosen);
    add_disagreements(app, common, disagreements, chosen);
    add_rules(app, common, rules, chosen);
    add_facts(app, common, facts, chosen);
    add_mappings(app, common, mappings, chosen);
    add_mapping_work(app, common, mapping_work, chosen);
    add_catalogue(app, common, catalogue, catalogue_draft_options, chosen);
    add_compliance(app, common, compliance, chosen);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? done : not_done;
    }
    common.config_named = config->count() > 0;
    try {
        return chosen();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "lienthong: a promise of our own was broken: %s\n", error.what());
        return not_done;
    }
}
