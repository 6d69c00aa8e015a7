#include "hub/flow/computing.hpp"

#include "hub/flow/answer.hpp"
#include "hub/flow/failure.hpp"

#include <algorithm>
#include <future>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <sstream>

namespace lienthong::flow {
namespace {

constexpr std::size_t facts_at_once = 5'000;
constexpr std::size_t rows_at_once = 5'000;
constexpr std::size_t most_records = 1'000;  ///< Of one message.
constexpr int most_attempts = 100;
constexpr std::chrono::milliseconds pause_after_failure{5000};

IntakeParts intake_parts(const ComputingParts& parts)
{
    IntakeParts out;
    out.journal = parts.journal;
    out.store = parts.store;
    out.clock = parts.clock;
    out.workshop = computed_workshop(parts.catalogue);
    out.told = told;
    out.applied = parts.applied;
    return out;
}

std::string cursor_name(const compute::Computation& computation)
{
    return std::string(computed_flow) + ":" + computation.name();
}

/// Whether a row was told by this computation: its source begins with the name.
bool is_of(const RevisionRow& row, const compute::Computation& computation)
{
    const std::string& source = row.observation.source;
    return row.flow == computed_flow && source.starts_with(computation.name()) &&
           (source.size() == computation.name().size() || source[computation.name().size()] == ' ');
}

/// What a computation has told of its figures, as it is stored now.
Result<std::map<SeriesKey, Observation>> told_by(const Store& store, const compute::Computation& computation)
{
    std::map<SeriesKey, Observation> out;
    std::set<std::string> indicators, told;
    for (const compute::FigureRule& rule : computation.declaration().figures) {
        indicators.insert(rule.indicator);
        told.insert(rule.indicator + "|" + rule.measure);
    }
    for (const std::string& indicator : indicators)
        for (RevisionId after = 0;;) {
            ObservationFilter filter;
            filter.indicator = indicator;
            filter.after = after;
            filter.limit = rows_at_once;
            const auto rows = store.observations(filter);
            if (!rows.ok())
                return rows.problem();
            for (const RevisionRow& row : *rows)
                if (is_of(row, computation) && told.contains(row.observation.key.indicator + "|" + row.observation.key.measure))
                    out.emplace(row.observation.key, row.observation);
            if (rows->size() < rows_at_once)
                break;
            after = rows->back().id;
        }
    return out;
}

}  // namespace

Route computed_route(const std::string& area)
{
    Route route;
    route.flow = computed_flow;
    route.connector = "compute";
    route.mapping = computed_flow;
    route.sender = computed_flow;
    route.scope.agencies = {"*"};
    route.scope.area = area;
    return route;
}

AskWorkshop computed_workshop(std::shared_ptr<const catalogue::Catalogue> catalogue)
{
    return [catalogue = std::move(catalogue)](const std::string& job, const std::function<void(Result<std::string>)>& done) {
        const auto asked = workshop::decode_job(job);
        if (!asked)
            done(asked.problem());
        else
            done(workshop::encode(read_computed(asked->payload, *catalogue, asked->scope)));
    };
}

Computing::Computing(ComputingParts parts) : parts_(std::move(parts)), intake_(intake_parts(parts_))
{
    for (const auto& computation : parts_.computations)
        lines_.push_back({computation, nullptr, 0, 0, {}});
}

Computing::~Computing()
{
    stop();
    intake_.drain();
}

void Computing::start()
{
    thread_ = std::thread([this] { run(); });
}

void Computing::stop()
{
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    condition_.notify_all();
    if (thread_.joinable())
        thread_.join();
    standing_.stopped();
}

FlowStanding Computing::standing() const
{
    FlowStanding out = standing_.read();
    const auto latest = parts_.facts->latest_version();
    if (out.state == "waiting" && (!latest.ok() || *latest > looked_at_))
        out.state = "working";
    return out;
}

void Computing::run()
{
    for (;;) {
        // What went wrong stands in the standing, and is tried again.
        const auto done = round();
        std::unique_lock lock(mutex_);
        if (condition_.wait_for(lock, done.ok() ? parts_.pause : std::max(parts_.pause, pause_after_failure),
                                [this] { return stopping_; }))
            return;
    }
}

Result<std::size_t> Computing::round()
{
    standing_.begun(parts_.clock->now());
    auto done = look_at_all();
    const Time now = parts_.clock->now();
    if (!done.ok()) {
        standing_.ended(failure_of(sdk::FailureClass::unknown, done.problem()), now);
        return done;
    }
    standing_.ended(std::nullopt, now);
    standing_.change([&](FlowStanding& standing) {
        standing.problem = set_aside_;
        standing.messages += static_cast<std::int64_t>(*done);
        standing.cursor = "fact version " + std::to_string(looked_at_);
    });
    return done;
}

Result<void> Computing::finish_earlier()
{
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        intake_.drain();
        const auto taken = intake_.recover([this](const Message& message) -> std::optional<Route> {
            return message.flow == computed_flow ? std::optional(computed_route(parts_.area)) : std::nullopt;
        });
        if (!taken.ok())
            return taken.problem();
        if (*taken == 0)
            return {};
    }
    return Problem{.code = "flow.busy",
                   .detail = "figures worked out earlier do not reach the store",
                   .expected = "a store that takes them"};
}

Result<std::size_t> Computing::look_at_all()
{
    // What was journaled before must be in the store before anything newer is on its way: an application that failed is
    // tried again later, and would put an old figure over a new one.
    if (const auto finished = finish_earlier(); !finished.ok())
        return finished.problem();
    std::size_t figures = 0;
    std::optional<Problem> problem;
    set_aside_.clear();
    for (Line& line : lines_) {
        const auto told = look(line);
        if (!told.ok()) {
            line.book.reset();  // It may have gone further than its cursor.
            problem = problem ? problem : told.problem();
            continue;
        }
        figures += *told;
        const auto& set_aside = line.book->set_aside();
        if (!set_aside.empty())
            set_aside_ += (set_aside_.empty() ? "" : "; ") + line.computation->name() + ": " + std::to_string(set_aside.size()) +
                          " facts set aside, the first " + set_aside.begin()->second.sentence();
    }
    if (problem)
        return *problem;
    FactVersionId least = std::numeric_limits<FactVersionId>::max();
    for (const Line& line : lines_)
        least = std::min(least, line.through);
    looked_at_ = least;
    return figures;
}

Result<Computing::Reach> Computing::reach(const compute::Computation& computation) const
{
    const auto kept = parts_.journal->cursor(cursor_name(computation));
    if (!kept.ok())
        return kept.problem();
    Reach out;
    std::istringstream words(*kept);
    std::string digest, catalogue;
    words >> out.through >> out.rounds >> digest >> catalogue;
    out.holds = words && digest == computation.digest() && catalogue == parts_.catalogue->digest();
    return out;
}

std::string Computing::cursor(const compute::Computation& computation, FactVersionId through, std::int64_t rounds) const
{
    return std::to_string(through) + " " + std::to_string(rounds) + " " + computation.digest() + " " + parts_.catalogue->digest();
}

Result<void> Computing::put_all(compute::Book& book, const std::string& kind, FactVersionId through) const
{
    std::string after;
    for (;;) {
        const auto facts = parts_.facts->facts_as_of(kind, through, after, facts_at_once);
        if (!facts.ok())
            return facts.problem();
        for (const FactVersion& fact : *facts)
            if (const auto put = book.put(fact); !put.ok())
                return put.problem();
        if (facts->size() < facts_at_once)
            return {};
        after = facts->back().key;
    }
}

Result<void> Computing::know_what_was_told(compute::Book& book, const compute::Computation& computation) const
{
    const auto rows = told_by(*parts_.store, computation);
    if (!rows.ok())
        return rows.problem();
    for (const auto& [key, observation] : *rows)
        book.know({key.period, key.area, key.breakdown, key.agency});
    return {};
}

Result<void> Computing::open(Line& line)
{
    auto come = reach(*line.computation);
    if (!come.ok())
        return come.problem();
    const auto latest = parts_.facts->latest_version();
    if (!latest.ok())
        return latest.problem();
    // A store put back from an older copy has forgotten versions a cursor still names.
    const bool goes_on = come->holds && come->through <= *latest;
    auto book = std::make_unique<compute::Book>(line.computation, parts_.catalogue, parts_.most_facts);
    if (goes_on) {
        if (const auto put = put_all(*book, line.computation->kind(), come->through); !put.ok())
            return put.problem();
        book->told();
    } else {
        if (const auto known = know_what_was_told(*book, *line.computation); !known.ok())
            return known.problem();
        if (const auto put = put_all(*book, line.computation->kind(), *latest); !put.ok())
            return put.problem();
    }
    line.book = std::move(book);
    line.through = goes_on ? come->through : *latest;
    line.rounds = come->rounds;
    line.why = goes_on ? "" : "everything was worked out anew: the computation, the catalogue or the store is another one";
    return {};
}

Result<std::size_t> Computing::look(Line& line)
{
    if (!line.book)
        if (const auto opened = open(line); !opened.ok())
            return opened.problem();
    const auto latest = parts_.facts->latest_version();
    if (!latest.ok())
        return latest.problem();
    for (FactVersionId after = line.through; after < *latest;) {
        const auto told = parts_.facts->versions_told(line.computation->kind(), after, *latest, facts_at_once);
        if (!told.ok())
            return told.problem();
        for (const FactVersion& fact : *told)
            if (const auto put = line.book->put(fact); !put.ok())
                return put.problem();
        if (told->size() < facts_at_once)
            break;
        after = told->back().id;
    }
    line.through = *latest;
    const std::vector<compute::Figure> figures = line.book->touched();
    const bool is_anew = !line.why.empty();
    if (figures.empty() && !is_anew)
        return std::size_t{0};
    const ComputedFrom from{*line.computation, *latest, line.why};
    const CursorMove move{cursor_name(*line.computation), cursor(*line.computation, *latest, line.rounds + 1)};
    if (const auto told = tell(*line.computation, figures, from, line.rounds + 1, move); !told.ok())
        return told.problem();
    ++line.rounds;
    line.why.clear();
    line.book->told();
    return figures.size();
}

Result<void> Computing::tell(const compute::Computation& computation, const std::vector<compute::Figure>& figures,
                             const ComputedFrom& from, std::int64_t rounds, std::optional<CursorMove> move)
{
    JournalEntry entry;
    entry.cursor = std::move(move);
    const Time now = parts_.clock->now();
    for (std::size_t at = 0; at < figures.size(); at += most_records) {
        Message message;
        message.flow = computed_flow;
        message.source = "compute";
        // Never the same twice: a message that repeats an earlier one would be taken for it.
        message.source_id = computation.name() + (entry.cursor ? " round " : " mending ") + std::to_string(rounds) + " part " +
                            std::to_string(at / most_records + 1);
        message.sender = computed_flow;
        message.content_type = computed_content_type;
        message.payload = computed_message(from, std::span(figures).subspan(at, std::min(most_records, figures.size() - at)));
        message.received_at = now;
        entry.messages.push_back(std::move(message));
    }
    std::promise<Result<std::vector<Journaled>>> promise;
    auto journaled = promise.get_future();
    intake_.append(std::move(entry), computed_route(parts_.area),
                   [&promise](Result<std::vector<Journaled>> result) { promise.set_value(std::move(result)); });
    const auto result = journaled.get();
    return result.ok() ? Result<void>() : result.problem();
}

Result<Recomputed> Computing::recompute(const compute::Computation& computation) const
{
    const auto come = reach(computation);
    if (!come.ok())
        return come.problem();
    const auto latest = parts_.facts->latest_version();
    if (!latest.ok())
        return latest.problem();
    const auto shared = std::find_if(parts_.computations.begin(), parts_.computations.end(),
                                     [&](const auto& one) { return one.get() == &computation; });
    compute::Book book(*shared, parts_.catalogue, parts_.most_facts);
    if (const auto put = put_all(book, computation.kind(), come->holds ? std::min(come->through, *latest) : *latest); !put.ok())
        return put.problem();
    if (const auto known = know_what_was_told(book, computation); !known.ok())
        return known.problem();
    auto stored = told_by(*parts_.store, computation);
    if (!stored.ok())
        return stored.problem();
    Recomputed out;
    out.facts = book.facts();
    for (const auto& [key, problem] : book.set_aside())
        out.set_aside.push_back(problem);
    for (compute::Figure& figure : book.all()) {
        ++out.figures;
        Verdict judged;
        Observation computed = figure.observation;
        workshop::validate(computed, *parts_.catalogue, computed_route(parts_.area).scope, judged);
        const auto kept = stored->find(computed.key);
        if (kept != stored->end() && kept->second == computed)
            continue;
        // What the catalogue refuses stands in quarantine, and is not stored for that.
        if (kept == stored->end() && !judged.accepted())
            continue;
        out.differences.push_back({computed, kept == stored->end() ? std::nullopt : std::optional(kept->second)});
        out.wrong.push_back(std::move(figure));
    }
    std::sort(out.differences.begin(), out.differences.end(),
              [](const Difference& a, const Difference& b) { return a.computed.key < b.computed.key; });
    return out;
}

Result<void> Computing::mend(const compute::Computation& computation, const Recomputed& found)
{
    const auto before = reach(computation);
    if (!before.ok())
        return before.problem();
    const auto again = recompute(computation);
    if (!again.ok())
        return again.problem();
    if (again->differences.size() != found.differences.size())
        return Problem{.code = "compute.moved",
                       .detail = "the figures of " + computation.name() + " changed while they were compared",
                       .found = std::to_string(again->differences.size()),
                       .expected = std::to_string(found.differences.size())};
    const ComputedFrom from{computation, before->through, "the stored figure was not what the facts give"};
    const auto stamp = parts_.clock->now().time_since_epoch().count();
    if (const auto told = tell(computation, again->wrong, from, stamp, std::nullopt); !told.ok())
        return told.problem();
    intake_.drain();
    return {};
}

}  // namespace lienthong::flow
