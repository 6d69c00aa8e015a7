/// sql: rows of a specialised database, by one query that goes on from the last row it gave.
///
/// Cursor and what a context ends with: "v1 <watermark> <key>", both percent-encoded: the last row that is journaled. A
/// context is "<pages left> <cursor>".
#include "hub/sdk/failures.hpp"
#include "hub/sdk/fingerprint.hpp"
#include "hub/sdk/json_message.hpp"
#include "hub/sdk/percent.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/words.hpp"

#include <charconv>
#include <set>
#include <stdexcept>

namespace {

using namespace lienthong::sdk;

constexpr int most_pages = 100;  ///< In one round; the next one goes on.

/// The last row seen, by its watermark and key; both stay percent-encoded.
struct Place
{
    std::string watermark, key;

    [[nodiscard]] std::string text() const { return "v1 " + watermark + ' ' + key; }
    static std::optional<Place> read(Words& words)
    {
        if (words.next() != "v1")
            return std::nullopt;
        Place place{std::string(words.next()), {}};
        place.key = words.rest();
        const bool known = place.key.find(' ') == std::string::npos && place.watermark.size() <= longest_partner_word &&
                           place.key.size() <= longest_partner_word;
        return known ? std::optional(place) : std::nullopt;
    }
    friend bool operator==(const Place&, const Place&) = default;
    friend bool operator<(const Place& a, const Place& b) { return std::tie(a.watermark, a.key) < std::tie(b.watermark, b.key); }
};

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

class Sql final : public Connector
{
public:
    explicit Sql(const Settings& settings)
        : query_(settings.text("query")),
          mark_(fingerprint({settings.text("database"), query_})),
          watermark_column_(settings.text("watermark_column")),
          key_column_(settings.text("key_column")),
          totals_(settings.text("totals_query")),
          first_{percent_encoded(settings.text("first_watermark")), percent_encoded(settings.text("first_key"))},
          page_size_(settings.integer("page_size")),
          timeout_millis_(static_cast<std::uint32_t>(settings.integer("timeout_secs") * 1000)),
          login_(settings.text("login")),
          user_(settings.text("user")),
          tls_(settings.text("tls"))
    {
        const std::string totals = lower(totals_);
        if (!totals_.empty() && totals.find(":since") == std::string::npos)
            throw std::invalid_argument("totals_query: it must hold :since, the day since which it counts");
        const std::string words = lower(query_);
        for (const std::string_view wanted : {":watermark", ":key", ":limit", "order by"})
            if (words.find(wanted) == std::string::npos)
                throw std::invalid_argument("query: it must hold " + std::string(wanted) +
                                            ", as in WHERE (w, k) > (:watermark, :key) ORDER BY w, k LIMIT :limit");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment&) const override
    {
        Words words(cursor);
        const auto place = cursor.empty() ? std::optional(first_) : Place::read(words);
        if (!place)
            return step_of(unknown_cursor(cursor));
        Step step;
        step.requests.push_back(ask(*place, most_pages));
        return step;
    }

    /// Rows come in pages that shift from one query to the next, so they are counted and summed by a query of their own.
    Step list(std::string_view since, const Moment&) const override
    {
        if (totals_.empty())
            return failed(FailureClass::permanent, "no_totals",
                          "a database is compared by counts and sums: set totals_query, as plugins/sql/README.md shows");
        Request request = bound(totals_, "totals");
        request.headers.insert(request.headers.begin(),
                               {{"Bind-since", literal(std::string(since))}, {"Most-Rows", literal("10000")}});
        Step step;
        step.requests.push_back(std::move(request));
        return step;
    }

    Step reply(std::string_view context, const Answer& answer, const Moment&) const override
    {
        if (context == "totals")
            return totals(answer);
        Words words(context);
        const auto pages = words.number();
        const auto from = Place::read(words);
        if (!pages || !from)
            return step_of(unknown_context(context));
        if (answer.status < 200 || answer.status > 299)
            return step_of(refused(answer));
        if (auto failure = http_failure(answer, "the query"))
            return step_of(std::move(*failure));
        return page(answer.document, *from, *pages);
    }

private:
    [[nodiscard]] Request ask(const Place& from, int pages) const
    {
        Request request = bound(query_, std::to_string(pages) + ' ' + from.text());
        request.headers.insert(request.headers.begin(), {{"Bind-watermark", literal(from.watermark)},
                                                         {"Bind-key", literal(from.key)},
                                                         {"Bind-limit", literal(std::to_string(page_size_))},
                                                         {"Most-Rows", literal(std::to_string(page_size_))}});
        return request;
    }

    /// A query to the database, whose parameters are still to be bound.
    [[nodiscard]] Request bound(const std::string& query, std::string context) const
    {
        Request request;
        request.endpoint = "database";
        request.method = "POST";
        request.target = literal("/query");
        request.headers = {{"Tls", literal(tls_)}};
        if (login_ == "password")
            request.headers.push_back(
                {"Authorization", concat({literal("Basic "), base64(concat({literal(user_ + ':'), secret("password")}))})});
        request.body = literal(query);
        request.context = std::move(context);
        request.timeout_millis = timeout_millis_;
        return request;
    }

    /// Rows of the columns fact, prefix, count, and, if wanted, field and sum.
    static Step totals(const Answer& answer)
    {
        constexpr std::string_view asked = "the totals query";
        if (answer.status < 200 || answer.status > 299)
            return step_of(refused(answer));
        if (auto failure = http_failure(answer, asked))
            return step_of(std::move(*failure));
        Step step;
        step.inventory.emplace();
        for (TreeView row = answer.document.child("rows").first(); row; row = row.next()) {
            CountedItem item;
            std::string_view count;
            TreeView cell = row.first();
            for (TreeView column = answer.document.child("columns").first(); column && cell; column = column.next(), cell = cell.next()) {
                const std::string_view value = cell.kind() == LIENTHONG_NODE_NULL ? std::string_view() : cell.text();
                const std::string name = lower(column.text());
                if (name == "fact")
                    item.fact = value;
                else if (name == "prefix")
                    item.prefix = value;
                else if (name == "count")
                    count = value;
                else if (name == "field")
                    item.field = value;
                else if (name == "sum")
                    item.sum = value.empty() ? "0" : value;
            }
            const char* const end = count.data() + count.size();
            if (item.fact.empty() || count.empty() || std::from_chars(count.data(), end, item.count).ptr != end ||
                item.field.empty() != item.sum.empty())
                return step_of(wrong_shape(asked, "the columns fact, prefix and count, and field with sum or neither"));
            step.inventory->counted.push_back(std::move(item));
        }
        return step;
    }

    static Failure refused(const Answer& answer)
    {
        Failure failure = status_failure(answer.status, "the query");
        if (const auto why = answer.header("Why"); !why.empty())
            failure.detail += " (" + excerpt(why, 500) + ')';
        return failure;
    }

    static Failure not_told_apart(const Place& place)
    {
        return {FailureClass::permanent,
                "rows_not_told_apart",
                "the query gives the row with watermark " + place.watermark + " and key " + place.key +
                    " a second time: key_column must be unique within a watermark, and the query must compare the pair, as in "
                    "WHERE (w, k) > (:watermark, :key) ORDER BY w, k",
                {},
                0};
    }

    [[nodiscard]] Step page(TreeView document, const Place& from, int pages) const
    {
        constexpr std::string_view asked = "the query";
        const TreeView columns = document.child("columns"), rows = document.child("rows");
        if (columns.kind() != LIENTHONG_NODE_ARRAY || rows.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the arrays 'columns' and 'rows'"));
        std::set<Place> places;
        Place last = from;
        std::string bytes;
        for (TreeView row = rows.first(); row; row = row.next()) {
            Place place;
            std::string record;
            TreeView cell = row.first();
            for (TreeView column = columns.first(); column; column = column.next(), cell = cell.next()) {
                if (!cell)
                    return step_of(wrong_shape(asked, "a value for each column"));
                if (cell.kind() != LIENTHONG_NODE_NULL && column.text() == watermark_column_)
                    place.watermark = percent_encoded(cell.text());
                if (cell.kind() != LIENTHONG_NODE_NULL && column.text() == key_column_)
                    place.key = percent_encoded(cell.text());
                record += (record.empty() ? "" : ",") + std::string(column.source()) + ':' + std::string(cell.source());
            }
            if (place.watermark.empty() || place.key.empty())
                return step_of(Failure{FailureClass::permanent,
                                       "no_watermark",
                                       "a row has nothing in '" + watermark_column_ + "' or '" + key_column_ +
                                           "': the query must select both, and neither may be NULL or empty",
                                       {},
                                       0});
            if (place.watermark.size() > longest_partner_word)
                return step_of(word_too_long("the column '" + watermark_column_ + '\'', place.watermark));
            if (place.key.size() > longest_partner_word)
                return step_of(word_too_long("the column '" + key_column_ + '\'', place.key));
            if (place == from || !places.insert(place).second)
                return step_of(not_told_apart(place));
            bytes += (bytes.empty() ? "{" : ",\n{") + record + '}';
            last = std::move(place);
        }
        Step step;
        if (places.empty())
            return step;
        Payload payload = json_message(
            mark_ + ' ' + from.watermark + '/' + from.key + ".." + last.watermark + '/' + last.key, "{\"rows\":[" + bytes + "]}");
        payload.keep_reply = true;
        step.payloads.push_back(std::move(payload));
        step.cursor = last.text();
        if (static_cast<std::int64_t>(places.size()) >= page_size_ && pages > 1)
            step.requests.push_back(ask(last, pages - 1));
        return step;
    }

    std::string query_, mark_, watermark_column_, key_column_, totals_;
    Place first_;
    std::int64_t page_size_;
    std::uint32_t timeout_millis_;
    std::string login_, user_, tls_;
};

/// Must be given for a login by password.
Setting of_login(SettingType type, std::string name, std::string help)
{
    Setting setting = make_setting(type, std::move(name), {}, std::move(help));
    setting.needed_when = "login=password";
    return setting;
}

Description Sql::description()
{
    Description d;
    d.name = "sql";
    d.version = "1";
    d.speaks =
        "Rows of a specialised database by one query and a watermark, in: each page of rows is one message. It reads only and "
        "sees no row "
        "that is deleted, or changed without its watermark.";
    d.lists = true;
    d.settings = {
        url_setting("database", {"postgresql", "sqlite", "odbc"},
                    "The database: postgresql://host:5432/name, sqlite:///path of the file, or odbc://name of a data source in odbc.ini."),
        required(SettingType::document, "query",
                 "File with the SELECT, which holds :watermark, :key, ORDER BY and LIMIT :limit."),
        required(SettingType::text, "watermark_column", "Column that only grows, such as the time of change."),
        required(SettingType::text, "key_column", "Column that tells rows of one watermark apart."),
        required(SettingType::text, "first_watermark", "Watermark to begin behind, such as 2025-01-01."),
        text_setting("first_key", "0", "Key to begin behind at that watermark."),
        make_setting(SettingType::document, "totals_query", "",
                     "File with a SELECT of fact, prefix, count, field and sum, which holds :since; what reconciling compares."),
        integer_setting("page_size", 500, 1, 10'000, "Rows of one message."),
        integer_setting("timeout_secs", 60, 1, 600, "How long one query may take."),
        choice_setting("login", "none", {"none", "password"}, "postgresql, odbc: how the hub proves who it is."),
        of_login(SettingType::text, "user", "postgresql, odbc: name of the account, which should be granted SELECT alone."),
        of_login(SettingType::secret, "password", "postgresql, odbc: password of the account."),
        choice_setting("tls", "verify-full", {"verify-full", "verify-ca", "off"}, "postgresql: how the server proves who it is; of odbc that stands in odbc.ini."),
    };
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Sql);
