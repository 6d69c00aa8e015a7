/// Commands: what `lienthong` can do from the command line, one function a subcommand, one file a function.
///
/// Exit codes: 0 done; 1 done, and something is wrong with what was looked at; 2 it could not be done.
#pragma once

#include "hub/model/problem.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lienthong::cli {

inline constexpr int done = 0;
inline constexpr int found_wrong = 1;
inline constexpr int not_done = 2;

struct Common
{
    std::string config = "lienthong.yaml";
    bool config_named = false;  ///< By --config; else it may be missing where it is not needed.
    bool json = false;
};

struct TokenOptions
{
    std::string sender, note, id;
    std::vector<std::string> agencies, roles;
};

struct QuarantineOptions
{
    std::string flow, state, reason;
    std::int64_t id = 0;
    std::size_t limit = 50;
};

struct OutboxOptions
{
    std::string flow, state, outcome, reason;  ///< outcome: delivered, again or closed.
    std::int64_t id = 0;
    std::size_t limit = 50;
};

struct OutboxNameOptions
{
    std::string flow, key, name, reason;
    std::size_t limit = 50;
};

struct DisagreementOptions
{
    std::string key, agency, reason, indicator, state = "open";
    std::size_t limit = 50;
};

struct RuleOptions
{
    std::string indicator, rule, severity, state = "open";
    std::size_t limit = 50;
    bool all = false;
};

struct ReconcileOptions
{
    std::string flow, since;        ///< A flow of the configuration; a day, else that of the last comparison.
    bool csv = false;
    std::string action;             ///< "fetch", "withdraw" or "accept"; empty: only compare.
    std::vector<std::string> items; ///< Identities of the list of differences.
    std::string reason, who;
    bool dry_run = false;
};

struct MappingOptions
{
    std::string mapping, payload, catalogue, mappings;  ///< For check and test: this mapping's file only; empty: all.
    std::int64_t record = -1;  ///< For try: this record only; -1: all.
    bool expected = false;     ///< For try: what an expected file beside a sample says.
    unsigned cover = 0;        ///< For test: percent every mapping's samples must reach.
};

struct DiffOptions
{
    std::string mapping;      ///< The draft's file.
    std::string flow, since;  ///< Empty: every flow of that mapping; from the beginning.
};

struct PreflightOptions
{
    std::vector<std::string> files;
    std::string mapping, flow, catalogue, mappings;  ///< A mapping's name or file, or a flow of the configuration.
    std::vector<std::string> agencies;               ///< Empty: the flow's, else all.
    std::string area;                                ///< Empty: the configuration's, else anywhere.
    bool atomic = false;
};

struct ExplainOptions
{
    std::string figure;  ///< A revision's number, or a key with or without its agency.
};

struct NewMappingOptions
{
    std::string from, name, format, out, catalogue;
    bool catalogue_named = false;  ///< In the command, so that the next one wants it too.
};

struct VerifyOptions
{
    std::string file, authorities, log_key;
};

struct ComplianceOptions
{
    std::string set, catalogue;              ///< Empty: the configuration's.
    std::string day, month, quarter, year;   ///< At most one; none: today.
    bool csv = false, findings = false;
    std::string xlsx;                        ///< File to write; empty: none.
    std::string agency;
    std::string kind, form, period, submission, from, until, who, why, act;  ///< For record.
    std::vector<std::string> lacking;
    std::string file;  ///< For import.
    bool write = false;
    std::string at;                          ///< For remind: a moment; empty: now.
    bool dry_run = false;
};

struct FlowOptions
{
    std::string name, reason, who;
};

struct ComputeOptions
{
    bool all = false, check = false;
    std::string computation;  ///< This one only; empty: every one.
};

struct CatalogueOptions
{
    std::string catalogue;  ///< The folder; else the configuration's.
    std::string code, as_of, older, newer, out, kind;
    bool counts = false;
    std::string file, sheet, table, headings, separator, prefix, province;  ///< For import.
    std::vector<std::string> set, columns;
    bool write = false;
};

struct PluginOptions
{
    std::string name, file;    ///< A trusted connector's name, or a shared object whose author vouches for it.
    std::string check, write;  ///< For reference: the README to hold against it, or to put it into.
};

struct NewConnectorOptions
{
    std::string name;
    std::string out;  ///< The folder of a project of its own; empty: this repository's folders.
};

int serve(const Common& common);
int token_issue(const Common& common, const TokenOptions& options);
int token_list(const Common& common);
int token_revoke(const Common& common, const TokenOptions& options);
int status(const Common& common);
int outbox_list(const Common& common, const OutboxOptions& options);
int outbox_settle(const Common& common, const OutboxOptions& options);
int outbox_name(const Common& common, const OutboxNameOptions& options);
int outbox_names(const Common& common, const OutboxNameOptions& options);
int quarantine_list(const Common& common, const QuarantineOptions& options);
int quarantine_close(const Common& common, const QuarantineOptions& options);
int disagreements_list(const Common& common, const DisagreementOptions& options);
int disagreements_settle(const Common& common, const DisagreementOptions& options);
int rules_list(const Common& common, const RuleOptions& options);
int rules_check(const Common& common, const RuleOptions& options);
int replay(const Common& common, const QuarantineOptions& options);
int reconcile(const Common& common);
int reconcile_source(const Common& common, const ReconcileOptions& options);
int check(const Common& common, const MappingOptions& options);
int try_mapping(const Common& common, const MappingOptions& options);
int test_mappings(const Common& common, const MappingOptions& options);
int diff_mapping(const Common& common, const DiffOptions& options);
int explain(const Common& common, const ExplainOptions& options);
int preflight(const Common& common, const PreflightOptions& options);
int mapping_schema();
int mapping_new(const Common& common, const NewMappingOptions& options);
int verify(const Common& common, const VerifyOptions& options);
int flow_list(const Common& common);
int flow_pause(const Common& common, const FlowOptions& options);
int flow_resume(const Common& common, const FlowOptions& options);
int flow_test(const Common& common, const FlowOptions& options);
int compute_all(const Common& common, const ComputeOptions& options);
int catalogue_lint(const Common& common, const CatalogueOptions& options);
int catalogue_show(const Common& common, const CatalogueOptions& options);
int catalogue_diff(const Common& common, const CatalogueOptions& options);
int catalogue_export(const Common& common, const CatalogueOptions& options);
int catalogue_import(const Common& common, const CatalogueOptions& options);
int plugins_list(const Common& common);
int plugins_describe(const Common& common, const PluginOptions& options);
int plugins_reference(const Common& common, const PluginOptions& options);
int plugins_trust(const Common& common, const std::string& file);
int compliance_board(const Common& common, const ComplianceOptions& options);
int compliance_record(const Common& common, const ComplianceOptions& options);
int compliance_import(const Common& common, const ComplianceOptions& options);
int compliance_remind(const Common& common, const ComplianceOptions& options);
int new_connector(const Common& common, const NewConnectorOptions& options);
int config_reference();
int config_check(const Common& common);

/// Prints problems one a line to standard error, or as JSON to standard output.
void print_problems(const std::vector<Problem>& problems, bool json);

}  // namespace lienthong::cli
