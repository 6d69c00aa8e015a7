// lienthong explain: from a stored figure back to its bytes: revisions, sender, mapping and line, message, seal, owner.
#include "hub/api/names.hpp"
#include "hub/api/serving.hpp"
#include "hub/cli/columns.hpp"
#include "hub/cli/formats.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/model/json_text.hpp"
#include "hub/seal/digest.hpp"
#include "hub/text/period.hpp"
#include "hub/workshop/excerpt.hpp"
#include "hub/workshop/workshop.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::cli {
namespace {

/// What was asked for: a figure, or one agency's telling of it, or one revision.
struct Asked
{
    FigureKey figure;
    std::string agency;       ///< Empty: whoever is served.
    RevisionId revision = 0;  ///< 0: the current one.
};

/// The way of one revision back to its bytes, as far as it can be followed.
struct Way
{
    RevisionRow row;
    std::optional<SubmissionRow> submission;
    std::optional<Message> message;
    std::string lost;                          ///< Why the bytes cannot be shown; empty where they can.
    std::string mapping, mapping_file, apart;  ///< `apart`: why the mapping's lines cannot be shown.
    std::uint32_t mapping_version = 0;
    std::string place, excerpt;
    std::vector<mapping::Trace> values;
    bool sealed = false;
    std::vector<ServedChange> served_changes;  ///< What became served of this figure under its leaf.
};

struct Explained
{
    std::vector<RevisionRow> revisions;  ///< Of the figure, every agency, oldest first.
    Way way;
    Claims claims;
    catalogue::Serving serving;
};

Problem unknown(const std::string& text)
{
    return {"resource.unknown",
            "the store holds no such figure",
            {},
            shortened(text, 200),
            "a revision's number, or indicator|measure|period|area|breakdown with |agency or without",
            {}};
}

Result<Asked> asked_of(const Store& store, const std::string& text)
{
    if (const auto number = api::number_from(text, INT64_MAX)) {
        ObservationFilter only;
        only.history = true;
        only.after = *number - 1;
        only.limit = 1;
        const auto rows = store.observations(only);
        if (!rows.ok())
            return rows.problem();
        if (rows->empty() || rows->front().id != *number)
            return unknown(text);
        return Asked{figure_of(rows->front().observation.key), rows->front().observation.key.agency, *number};
    }
    if (const auto figure = figure_from(text))
        return Asked{*figure, "", 0};
    const std::size_t bar = text.rfind('|');
    const auto figure = bar == std::string::npos ? std::nullopt : figure_from(std::string_view(text).substr(0, bar));
    if (!figure || bar + 1 == text.size())
        return unknown(text);
    return Asked{*figure, text.substr(bar + 1), 0};
}

Result<std::vector<RevisionRow>> revisions_of(const Store& store, const FigureKey& figure)
{
    std::vector<RevisionRow> out;
    ObservationFilter filter;
    filter.indicator = figure.indicator;
    filter.period_from = filter.period_to = figure.period;
    filter.area = figure.area;
    filter.history = true;
    for (;;) {
        const auto rows = store.observations(filter);
        if (!rows.ok())
            return rows.problem();
        for (const RevisionRow& row : *rows)
            if (figure_of(row.observation.key) == figure)
                out.push_back(row);
        if (rows->size() < filter.limit)
            return out;
        filter.after = rows->back().id;
    }
}

/// Runs the mapping over the message's bytes again, if it is the one that made the figure.
void follow_into_the_message(Way& way, const ReferenceData& reference)
{
    const auto it = std::find_if(reference.by_file.begin(), reference.by_file.end(),
                                 [&](const auto& entry) { return entry.second->digest() == way.row.mapping_digest; });
    if (it == reference.by_file.end()) {
        way.apart = "no mapping on disk has the digest that made this figure: it was changed since, so its lines are not shown";
        return;
    }
    const mapping::Mapping& mapping = *it->second;
    way.mapping = mapping.name();
    way.mapping_file = it->first;
    way.mapping_version = mapping.version();
    if (way.row.catalogue_digest != reference.catalogue->digest())
        way.apart = "the catalogue was changed since this figure was judged: what is shown is what today's says";
    const auto format = format_named(mapping.format());
    if (!way.message || format == nullptr)
        return;
    std::vector<std::vector<mapping::Trace>> traces;
    const auto examined = workshop::examine(mapping, *format, way.message->payload, *reference.catalogue, {{"*"}, {}}, &traces);
    for (std::size_t i = 0; i < examined.verdicts.size() && i < traces.size(); ++i)
        if (examined.verdicts[i].record == way.row.record) {
            way.place = examined.verdicts[i].place;
            way.values = std::move(traces[i]);
        }
    const auto tree = format->read(way.message->payload, FormatLimits{});
    if (!tree)
        return;
    const auto records = mapping.records(*tree);
    if (records && way.row.record < records->size())
        way.excerpt = workshop::excerpt(*tree, (*records)[way.row.record]);
}

/// Of a mapping with several entries, the values of the observation this revision is: from its indicator to the next.
void keep_own_values(Way& way)
{
    std::vector<mapping::Trace> own;
    bool right = false;
    for (const mapping::Trace& value : way.values) {
        if (value.field == "indicator")
            right = value.result == way.row.observation.key.indicator && own.empty();
        else if (value.field == "measure" && right && !value.result.empty() && value.result != way.row.observation.key.measure)
            right = false, own.clear();
        if (right)
            own.push_back(value);
    }
    if (!own.empty())
        way.values = std::move(own);
}

Result<Way> way_of(const Data& data, const ReferenceData& reference, RevisionRow row)
{
    Way way;
    way.row = std::move(row);
    auto submission = data.store->submission(way.row.submission);
    if (!submission.ok())
        return submission.problem();
    way.submission = std::move(submission).value();
    if (way.submission) {
        auto message = data.journal->read(way.submission->message);
        if (message.ok())
            way.message = std::move(message).value();
        else
            way.lost = message.problem().detail;
    }
    follow_into_the_message(way, reference);
    keep_own_values(way);
    const auto checkpoint = data.store->last_checkpoint();
    if (!checkpoint.ok())
        return checkpoint.problem();
    way.sealed = way.row.log_index && *checkpoint && *way.row.log_index < (*checkpoint)->size;
    if (way.row.log_index) {
        auto changes = data.store->served_changes(*way.row.log_index, 0, *way.row.log_index + 1, 5000);
        if (!changes.ok())
            return changes.problem();
        for (ServedChange& change : *changes)
            if (figure_of(change.row.observation.key) == figure_of(way.row.observation.key))
                way.served_changes.push_back(std::move(change));
    }
    return way;
}

Result<Explained> explained(const Opened& opened, const ReferenceData& reference, const std::string& text)
{
    const Store& store = *opened.data.store;
    const auto asked = asked_of(store, text);
    if (!asked.ok())
        return asked.problem();
    auto revisions = revisions_of(store, asked->figure);
    if (!revisions.ok())
        return revisions.problem();
    const auto claims = store.claims({asked->figure});
    if (!claims.ok())
        return claims.problem();
    Explained out;
    out.revisions = std::move(revisions).value();
    out.claims = claims->front();
    const RevisionRow* wanted = nullptr;
    for (const RevisionRow& row : out.revisions)
        if (asked->revision != 0    ? row.id == asked->revision
            : asked->agency.empty() ? row.served
                                    : row.observation.key.agency == asked->agency)
            wanted = &row;
    if (wanted == nullptr || out.claims.claims.empty())
        return unknown(text);
    out.serving = api::serving_of(*reference.catalogue, out.claims);
    auto way = way_of(opened.data, reference, *wanted);
    if (!way.ok())
        return way.problem();
    out.way = std::move(way).value();
    return out;
}

std::string shown(const Observation& o)
{
    return (o.availability == Availability::value ? o.value : std::string(to_text(o.availability))) + " " + o.unit;
}

/// Why readers are served this telling, or another.
std::string why_served(const Explained& it)
{
    const std::string& agency = it.way.row.observation.key.agency;
    if (it.serving.served != agency)
        return "not served: " + it.serving.served + "'s is" +
               (it.serving.settled
                    ? ", as the agencies settled"
                    : ", which " + std::string(it.serving.served == it.serving.owner ? "owns the figure"
                                                                                     : "the catalogue names before it"));
    if (!it.way.row.served)
        return "not served: a later revision took its place";
    if (it.serving.settled)
        return "served: the agencies settled on it";
    if (it.serving.owner == agency)
        return "served: its agency owns the figure";
    return it.serving.owner_absent ? "served: the owner " + it.serving.owner + " has not told the figure"
                                   : "served: nobody the catalogue names before it tells the figure";
}

std::string seal_of(const Way& way)
{
    if (!way.row.log_index)
        return "not numbered yet";
    return "entry " + std::to_string(*way.row.log_index) +
           (way.sealed ? ", sealed under a checkpoint" : ", no checkpoint covers it yet");
}

/// What the codes of a key mean as of its period.
std::string in_words(const SeriesKey& key, const catalogue::Catalogue& catalogue)
{
    const auto period = text::period_from(key.period);
    if (!period)
        return "";
    const auto day = text::last_day(*period);
    std::string out;
    const auto add = [&](const std::string& words) { out += (out.empty() ? "" : "; ") + words; };
    if (const auto indicator = catalogue.indicator(key.indicator, day); indicator.ok()) {
        add((*indicator)->name_vi);
        if (const auto* measure = (*indicator)->measure(key.measure))
            add(measure->name_vi);
    }
    if (const auto* area = catalogue.find_area(key.area, day))
        add(area->name_vi);
    if (const auto* agency = catalogue.find_agency(key.agency))
        add(agency->name_vi);
    return out;
}

void print_way(const Explained& it, const catalogue::Catalogue& catalogue)
{
    const Way& way = it.way;
    const Observation& o = way.row.observation;
    std::vector<std::vector<std::string>> rows = {
        {"figure", to_text(o.key)},
        {"", in_words(o.key, catalogue)},
        {"is", shown(o) + ", " + std::string(to_text(o.vintage))},
        {"revision", std::to_string(way.row.id) + ", number " + std::to_string(way.row.number) + " of its series"},
        {"serving", why_served(it)},
        {"owner", it.serving.owner.empty() ? "the catalogue names nobody" : it.serving.owner},
        {"sender", way.row.sender + ", flow " + way.row.flow + ", " + way.row.connector},
        {"received", to_text(way.row.received_at)}};
    if (way.submission) {
        rows.push_back(
            {"submission", api::submission_name(way.submission->id) + ", applied " + to_text(way.submission->applied_at)});
        rows.push_back({"leaf hash", seal::to_hex(way.submission->entry.leaf.hash)});
    }
    rows.push_back({"log", seal_of(way)});
    rows.push_back({"catalogue", way.row.catalogue_digest});
    rows.push_back({"mapping", way.row.mapping_digest});
    if (!way.mapping.empty())
        rows.push_back({"", way.mapping + " version " + std::to_string(way.mapping_version) + ", " + way.mapping_file});
    if (!way.apart.empty())
        rows.push_back({"NOTE", way.apart});
    if (way.message) {
        rows.push_back({"message", std::to_string(way.message->id) + ", " + way.message->source + " " + way.message->source_id});
        rows.push_back({"payload", way.message->content_type + ", " + std::to_string(way.message->payload.size()) +
                                       " bytes, SHA-256 " + way.message->digest});
    }
    if (!way.lost.empty())
        rows.push_back({"NOTE", "its bytes cannot be shown: " + way.lost});
    rows.push_back({"record", std::to_string(way.row.record) + (way.place.empty() ? "" : " at " + way.place)});
    std::printf("%s", in_columns(rows, "").c_str());
}

void print_text(const Explained& it, const catalogue::Catalogue& catalogue)
{
    print_way(it, catalogue);
    if (!it.way.excerpt.empty())
        std::printf("\nthe record as it came:\n%s\n", it.way.excerpt.c_str());
    std::vector<std::vector<std::string>> rows;
    for (const mapping::Trace& value : it.way.values)
        rows.push_back({value.field, value.result.empty() ? "(missing)" : shortened(value.result, 60),
                        "<- " + mapping::line_text(value.line, value.file),
                        value.place.empty() ? "written in the mapping"
                        : value.raw.empty() ? value.place + "  (nothing there)"
                                            : value.place + "  '" + shortened(value.raw, 60) + "'"});
    if (!rows.empty())
        std::printf("\nwhere each field came from:\n%s", in_columns(rows, "    ").c_str());
    rows.clear();
    for (const RevisionRow& row : it.revisions)
        rows.push_back({std::to_string(row.id) + (row.id == it.way.row.id ? " *" : ""), row.observation.key.agency,
                        "number " + std::to_string(row.number), shown(row.observation),
                        std::string(to_text(row.observation.vintage)), to_text(row.received_at), row.sender,
                        row.served ? "served" : ""});
    std::printf("\nevery revision of the figure:\n%s", in_columns(rows, "    ").c_str());
    for (const ServedChange& change : it.way.served_changes)
        std::printf("\nunder this entry of the log revision %lld became the one served: %s\n",
                    static_cast<long long>(change.row.id), std::string(to_text(change.because)).c_str());
    if (it.claims.settlement)
        std::printf("\nsettled %s by %s: %s stands: %s%s\n", to_text(it.claims.settlement->at).c_str(),
                    it.claims.settlement->by.c_str(), it.claims.settlement->agency.c_str(), it.claims.settlement->reason.c_str(),
                    it.claims.is_settled() ? "" : " (no longer in force)");
}

void print_json(const Explained& it, const catalogue::Catalogue& catalogue)
{
    const Way& way = it.way;
    JsonWriter out;
    out.begin_object().key("revision").begin_object();
    api::write_revision(out, way.row, &catalogue);
    out.end_object().member("served", way.row.served).member("why", why_served(it)).member("owner", it.serving.owner);
    out.member("sealed", way.sealed).key("log_index");
    way.row.log_index ? out.number(static_cast<std::int64_t>(*way.row.log_index)) : out.null();
    if (way.submission)
        out.member("submission", api::submission_name(way.submission->id))
            .member("applied", to_text(way.submission->applied_at))
            .member("leaf_hash", seal::to_hex(way.submission->entry.leaf.hash));
    out.key("mapping").begin_object().member("digest", way.row.mapping_digest).member("on_disk", !way.mapping.empty());
    if (!way.mapping.empty())
        out.member("name", way.mapping).member("version", std::int64_t{way.mapping_version}).member("file", way.mapping_file);
    out.end_object().key("catalogue").begin_object().member("digest", way.row.catalogue_digest);
    out.member("in_force", way.row.catalogue_digest == catalogue.digest()).end_object();
    if (!way.apart.empty())
        out.member("note", way.apart);
    if (way.message)
        out.key("message")
            .begin_object()
            .member("id", way.message->id)
            .member("source", way.message->source)
            .member("source_id", way.message->source_id)
            .member("content_type", way.message->content_type)
            .member("bytes", static_cast<std::int64_t>(way.message->payload.size()))
            .member("sha256", way.message->digest)
            .end_object();
    if (!way.lost.empty())
        out.member("lost", way.lost);
    out.key("record")
        .begin_object()
        .member("number", std::int64_t{way.row.record})
        .member("place", way.place)
        .member("excerpt", way.excerpt);
    out.key("values").begin_array();
    for (const mapping::Trace& value : way.values) {
        out.begin_object()
            .member("field", value.field)
            .member("result", value.result)
            .member("place", value.place)
            .member("found", value.raw);
        if (!value.file.empty())
            out.member("file", value.file);
        out.member("line", std::int64_t{value.line}).end_object();
    }
    out.end_array().end_object().key("revisions").begin_array();
    for (const RevisionRow& row : it.revisions) {
        out.begin_object();
        api::write_revision(out, row, &catalogue);
        out.member("served", row.served).end_object();
    }
    out.end_array().key("became_served").begin_array();
    for (const ServedChange& change : way.served_changes)
        out.begin_object().member("revision", change.row.id).member("because", to_text(change.because)).end_object();
    out.end_array();
    if (it.claims.settlement)
        out.key("settlement")
            .begin_object()
            .member("agency", it.claims.settlement->agency)
            .member("reason", it.claims.settlement->reason)
            .member("by", it.claims.settlement->by)
            .member("at", to_text(it.claims.settlement->at))
            .member("in_force", it.claims.is_settled())
            .end_object();
    std::printf("%s\n", out.end_object().take().c_str());
}

}  // namespace

int explain(const Common& common, const ExplainOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const ReferenceData reference = load_reference_data(opened->settings.catalogue, opened->settings.mappings);
    if (reference.catalogue == nullptr) {
        print_problems(reference.problems, common.json);
        return not_done;
    }
    const auto it = explained(*opened, reference, options.figure);
    if (!it.ok()) {
        print_problems({it.problem()}, common.json);
        return it.problem().code == "resource.unknown" ? found_wrong : not_done;
    }
    common.json ? print_json(*it, *reference.catalogue) : print_text(*it, *reference.catalogue);
    return done;
}

}  // namespace lienthong::cli
