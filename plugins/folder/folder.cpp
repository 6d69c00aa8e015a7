/// folder: files that are put into a folder, each taken whole as one message and then moved aside with a note beside it.
///
/// Cursor: see seen.hpp. Contexts: "list|<cursor>", "stock" of an inventory, "file|<cursor>|<item>|<item>…", "moved|<name>"; of what is journaled:
/// "taken|<item>|<SHA-256>", "bad|<item>|<reason>", "told". An item is "<name> <size> <modified> <flags>", the flags "a"
/// (journaled before, not moved) and "m" (has a marker), or "-".
#include "hub/sdk/failures.hpp"
#include "hub/sdk/file_name.hpp"
#include "hub/sdk/percent.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/words.hpp"
#include "plugins/folder/names.hpp"
#include "plugins/folder/receipt_note.hpp"
#include "plugins/folder/seen.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;
using folder::Seen;

constexpr std::size_t most_files = 200;    ///< In one round; the next one goes on.
constexpr std::size_t most_listed = 900;   ///< In one inventory.
constexpr std::size_t most_watched = 500;  ///< Files the cursor remembers.
constexpr std::string_view note_ending = ".ket-qua.txt";
constexpr std::string_view received = "da-nhan", repeated = "trung", unreadable_ones = "cach-ly";

/// A name out of a context of ours.
std::string name_from(std::string_view word)
{
    return percent_decoded(word).value_or(std::string(word));
}

struct Item
{
    std::string name, size, modified;
    bool again = false;   ///< Journaled before by this connector, and still here.
    bool marked = false;  ///< Has a marker file, which is moved along.

    [[nodiscard]] std::string text() const
    {
        return percent_encoded(name) + ' ' + size + ' ' + modified + ' ' + (again ? "a" : "") + (marked ? "m" : "") +
               (again || marked ? "" : "-");
    }
    [[nodiscard]] std::string mark() const { return folder::mark_of(name, size, modified); }
    static Item read(std::string_view text)
    {
        Words words(text);
        Item item;
        item.name = name_from(words.next());
        item.size = words.next();
        item.modified = words.next();
        const std::string_view flags = words.next();
        item.again = flags.find('a') != flags.npos;
        item.marked = flags.find('m') != flags.npos;
        return item;
    }
};

/// Takes what stands up to the next '|', and the mark itself.
std::string_view cut(std::string_view& text)
{
    const std::size_t end = text.find('|');
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return piece;
}

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> out;
    Words words(text);
    for (std::string_view word = words.next(); !word.empty(); word = words.next())
        out.emplace_back(word);
    return out;
}

std::int64_t number_of(std::string_view text)
{
    std::int64_t value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// What keeps the hub out of a folder is mended there, by somebody who cannot be expected to tell the hub; so it looks again. A
/// login that is refused is not tried again and again: that locks accounts.
Failure refused(const Answer& answer, const std::string& asked)
{
    Failure failure = status_failure(answer.status, asked);
    const std::string_view why = answer.header("Why");
    if (!why.empty() && answer.status != 401 && answer.status != 421) {
        failure.kind = FailureClass::transient;
        failure.detail = asked + ": " + excerpt(why, 400) + "; it is looked at again later";
    } else if (!why.empty()) {
        failure.detail += " (" + excerpt(why, 400) + ')';
    }
    return failure;
}

class Folder final : public Connector
{
public:
    explicit Folder(const Settings& settings)
        : take_(settings.text("take")),
          whole_by_(settings.text("whole_by")),
          marker_(settings.text("marker")),
          unfinished_(words_of(settings.text("unfinished"))),
          settle_secs_(settings.integer("settle_secs")),
          name_pattern_(settings.text("name_pattern")),
          login_(settings.text("login")),
          user_(settings.text("user")),
          host_key_(settings.text("host_key"))
    {
        const bool remote = settings.text("base_url").substr(0, 7) == "sftp://";
        if (remote && login_ == "none")
            throw std::invalid_argument("login: sftp needs one");
        if (!remote && login_ != "none")
            throw std::invalid_argument("login: a folder of this machine has none");
        if (marker_.empty() || name_pattern_.find("}{") != std::string::npos)
            throw std::invalid_argument("marker: at least one character; name_pattern: a character between two parts");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment&) const override
    {
        if (!Seen::read(cursor))
            return step_of(unknown_cursor(cursor));
        Step step;
        step.requests.push_back(ask("GET", "", "list|" + std::string(cursor), AnswerForm::json));
        return step;
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        std::string_view rest = context;
        const std::string_view kind = cut(rest);
        if (kind == "stock")
            return stock(answer);
        if (kind == "moved")
            return moved(name_from(rest), answer);
        const std::string_view cursor = cut(rest);
        auto seen = Seen::read(cursor);
        if (!seen || (kind != "list" && (kind != "file" || rest.empty())))
            return step_of(unknown_context(context));
        return kind == "list" ? listed(*seen, cursor, answer, moment) : fetched(std::move(*seen), rest, answer);
    }

    /// What lies in the folder: each file is read for its digest. What was taken was moved aside, and is not looked for.
    Step list(std::string_view, const Moment&) const override
    {
        Step step;
        step.requests.push_back(ask("GET", "", "stock", AnswerForm::json));
        return step;
    }

    Step journaled(std::string_view context, Arrived arrived, const Moment& moment) const override
    {
        std::string_view rest = context;
        const std::string_view kind = cut(rest);
        if (kind == "told")
            return {};
        if (kind != "taken" && kind != "bad")
            return step_of(unknown_context(context));
        const Item item = Item::read(cut(rest));
        folder::ReceiptNote note{item.name, item.size, {}, false, nullptr};
        if (kind == "bad")
            note.unreadable = &folder::reason_of(rest);
        else
            note.sha256 = rest;
        // A file this connector journaled itself and could not move away was no second sending.
        note.duplicate = kind == "taken" && arrived == Arrived::duplicate && !item.again;
        const std::string into(note.unreadable != nullptr ? unreadable_ones : note.duplicate ? repeated : received);
        Step step;
        step.requests.push_back(move(item.name, into));
        step.requests.back().headers.push_back({"Beside", literal(std::string(note_ending))});
        step.requests.back().body = literal(folder::text_of(note, moment));
        if (item.marked)
            step.requests.push_back(move(item.name + marker_, into));
        return step;
    }

private:
    [[nodiscard]] Request ask(std::string method, std::string_view name, std::string context, AnswerForm form) const
    {
        Request request;
        request.method = std::move(method);
        request.target = literal('/' + percent_encoded(name));
        request.context = std::move(context);
        request.answer = form;
        request.timeout_millis = 120'000;
        if (login_ == "none")
            return request;
        request.headers.push_back({"Host-Key", literal(host_key_)});
        if (login_ == "password") {
            request.headers.push_back(
                {"Authorization", concat({literal("Basic "), base64(concat({literal(user_ + ':'), secret("password")}))})});
        } else {
            request.headers.push_back({"User", literal(user_)});
            request.headers.push_back({"Private-Key", base64(secret("private_key"))});
        }
        return request;
    }

    [[nodiscard]] Request move(const std::string& name, const std::string& into) const
    {
        Request request = ask("MOVE", name, "moved|" + percent_encoded(name), AnswerForm::none);
        request.headers.push_back({"Destination", literal(into)});
        return request;
    }

    /// Whether this is a file to be taken at all, whole or not.
    [[nodiscard]] bool is_wanted(std::string_view name) const
    {
        const auto unfinished = [&](const std::string& ending) { return folder::ends_with(name, ending); };
        const bool in_the_way = name == received || name == repeated || name == unreadable_ones;
        return !in_the_way && matches(name, take_) && std::none_of(unfinished_.begin(), unfinished_.end(), unfinished) &&
               !(whole_by_ == "marker" && folder::ends_with(name, marker_));
    }

    /// `seen` is what the last poll knew, `now` what the next one will.
    [[nodiscard]] bool is_whole(const Item& item, const std::map<std::string, std::int64_t>& times, const Seen& seen, Seen& now,
                                const Moment& moment) const
    {
        if (item.again || whole_by_ == "renamed")
            return true;
        if (whole_by_ == "marker") {
            // An older marker is left from an earlier file of that name.
            const auto marker = times.find(item.name + marker_);
            return marker != times.end() && marker->second >= number_of(item.modified);
        }
        const std::int64_t second = moment.unix_millis / 1000;
        const auto since = seen.since(item.mark());
        if (since || now.size() < most_watched)
            now.watch(item.mark(), since.value_or(second));
        return since && second - *since >= settle_secs_;
    }

    [[nodiscard]] Step listed(const Seen& seen, std::string_view cursor, const Answer& answer, const Moment& moment) const
    {
        constexpr std::string_view asked = "the folder";
        if (answer.status < 200 || answer.status > 299)
            return step_of(refused(answer, std::string(asked)));
        if (auto failure = http_failure(answer, asked))
            return step_of(std::move(*failure));
        const TreeView files = answer.document.child("files");
        if (files.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the array 'files'"));
        std::map<std::string, std::int64_t> times;
        for (TreeView at = files.first(); at; at = at.next())
            times[std::string(at.child("name").text())] = number_of(at.child("modified").text());
        Step step;
        Seen now;
        std::vector<Item> first, last;
        for (TreeView at = files.first(); at; at = at.next()) {
            Item item;
            item.name = at.child("name").text();
            item.size = at.child("size").text();
            item.modified = at.child("modified").text();
            if (!is_wanted(item.name))
                continue;
            item.again = seen.is_taken(item.mark());
            item.marked = whole_by_ == "marker";
            if (item.again)
                now.take(item.mark());
            if (is_whole(item, times, seen, now, moment))
                (item.again ? last : first).push_back(std::move(item));
        }
        for (TreeView at = answer.document.child("left_out").first(); at; at = at.next()) {
            const std::string mark = folder::mark_of(at.child("name").text(), "left out", at.child("why").text());
            if (now.size() >= most_watched)
                break;
            if (!seen.is_taken(mark))
                step.set_aside.push_back({"khong-nhan/" + std::string(at.child("name").text()),
                                          std::string(at.child("why").text()) + "; rename it, or send a plain file",
                                          std::string(at.source()), "told"});
            now.take(mark);
        }
        // What could not be moved away comes last, so that it keeps nothing else from being taken.
        first.insert(first.end(), last.begin(), last.end());
        if (first.size() > most_files)
            first.resize(most_files);
        if (now.text() != cursor && !(cursor.empty() && now.size() == 0))
            step.cursor = now.text();
        std::string items;
        for (const Item& item : first)
            items += '|' + item.text();
        if (!first.empty())
            step.requests.push_back(ask_first(now.text(), items));
        return step;
    }

    [[nodiscard]] Step stock(const Answer& answer) const
    {
        constexpr std::string_view asked = "the folder";
        if (answer.status < 200 || answer.status > 299)
            return step_of(refused(answer, std::string(asked)));
        if (auto failure = http_failure(answer, asked))
            return step_of(std::move(*failure));
        const TreeView files = answer.document.child("files");
        if (files.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the array 'files'"));
        Step step;
        step.inventory.emplace();
        for (TreeView at = files.first(); at; at = at.next()) {
            Item item;
            item.name = at.child("name").text();
            item.size = at.child("size").text();
            item.modified = at.child("modified").text();
            item.marked = whole_by_ == "marker";
            if (!is_wanted(item.name))
                continue;
            if (step.requests.size() == most_listed)
                return failed(FailureClass::permanent, "too_many_files",
                              "more than " + std::to_string(most_listed) + " files lie in the folder; let the flow take some first");
            step.requests.push_back(ask_first(Seen().text(), '|' + item.text()));
        }
        return step;
    }

    /// `items` begins with '|'.
    [[nodiscard]] Request ask_first(const std::string& cursor, std::string_view items) const
    {
        std::string_view rest = items.substr(1);
        return ask("GET", Item::read(cut(rest)).name, "file|" + cursor + std::string(items), AnswerForm::none);
    }

    [[nodiscard]] Step fetched(Seen seen, std::string_view rest, const Answer& answer) const
    {
        const Item item = Item::read(cut(rest));
        const bool read = answer.status == 200;
        std::string_view unreadable = answer.status == 413   ? "too_large"
                                      : answer.status == 403 ? "forbidden"
                                      : answer.status == 422 ? "not_plain"
                                                             : "";
        const std::string_view sha256 = answer.header("Content-Sha256");
        if (read && (sha256.size() != 64 || answer.header("Content-Length") != std::to_string(answer.body.size())))
            return step_of(wrong_shape("the file " + item.name, "its length and digest"));
        // Gone, or changed under the reading: the next poll sees what became of it.
        const bool later = answer.status == 404 || answer.status == 409;
        if (!read && unreadable.empty() && !later)
            return step_of(refused(answer, "the file " + item.name));
        const auto parts = name_pattern_.empty() ? folder::NameParts() : folder::parts_of(item.name, name_pattern_);
        if (read && answer.body.empty())
            unreadable = "empty";
        else if (read && !parts)
            unreadable = "name";
        Step step;
        if (!unreadable.empty()) {
            const std::string_view why = answer.header("Why");
            step.set_aside.push_back({"khong-doc-duoc/" + item.name + '#' + item.mark(),
                                      why.empty() ? std::string(folder::reason_of(unreadable).english) : excerpt(why, 400),
                                      item.text(), "bad|" + item.text() + '|' + std::string(unreadable)});
        } else if (read) {
            step.payloads.push_back(payload_of(item, *parts, answer));
        }
        if (!later) {
            seen.take(item.mark());
            step.cursor = seen.text();
        }
        if (!rest.empty())
            step.requests.push_back(ask_first(seen.text(), '|' + std::string(rest)));
        return step;
    }

    static Payload payload_of(const Item& item, const folder::NameParts& parts, const Answer& answer)
    {
        const std::string sha256(answer.header("Content-Sha256"));
        Payload payload;
        payload.source_id = item.name + '#' + sha256;
        payload.content_type = content_type_of(item.name);
        payload.bytes = answer.body;
        std::string said;
        for (const auto& [key, value] : parts) {
            if (key == "sender")
                payload.sender = value;
            said += (said.empty() ? "" : ",") + ('"' + percent_encoded(key) + "\":\"" + percent_encoded(value) + '"');
        }
        if (!said.empty())
            payload.attributes = "{\"name\":{" + said + "}}";
        payload.context = "taken|" + item.text() + '|' + sha256;
        return payload;
    }

    static Step moved(const std::string& name, const Answer& answer)
    {
        // Whoever took it away meanwhile did what was asked.
        if (answer.status == 201 || answer.status == 404)
            return {};
        return step_of(refused(answer, "moving the file " + name + " aside"));
    }

    std::string take_, whole_by_, marker_;
    std::vector<std::string> unfinished_;
    std::int64_t settle_secs_;
    std::string name_pattern_, login_, user_, host_key_;
};

/// Must be given for these ways to log in.
Setting of_login(SettingType type, std::string name, const std::string& ways, std::string help)
{
    Setting setting = make_setting(type, std::move(name), {}, std::move(help));
    setting.needed_when = "login=" + ways;
    return setting;
}

Description Folder::description()
{
    Description d;
    d.name = "folder";
    d.version = "1";
    d.speaks =
        "Files put into a folder of this machine or of an SFTP server, in: each whole file is one message and is moved aside "
        "with a note. "
        "It looks into no subfolder and delivers nothing; it lists what still lies in the folder.";
    d.settings = {
        url_setting("base_url", {"file", "sftp"}, "The folder: file:///var/lib/nhan-tep, or sftp://host:22/nhan-tep."),
        text_setting("take", "*", "Names of the files to take, * standing for anything, such as *.csv."),
        choice_setting("whole_by", "settled", {"settled", "marker", "renamed"}, "How a file is known to be written to its end."),
        integer_setting("settle_secs", 30, 1, 86'400, "settled: how long size and time of change must stay the same."),
        text_setting("marker", ".done", "marker: what is appended to a file's name to name the file that says it is whole."),
        text_setting("unfinished", ".tmp .part .filepart", "Endings of files still being written, which are never taken."),
        text_setting("name_pattern", "", "What a file's name says, such as {sender}_{period}.csv; other names are set aside."),
        choice_setting("login", "none", {"none", "password", "key"}, "sftp: how the hub proves who it is."),
        of_login(SettingType::text, "user", "password,key", "sftp: name of the account."),
        of_login(SettingType::secret, "password", "password", "sftp: password of the account."),
        of_login(SettingType::secret, "private_key", "key", "sftp: private key of the account, in PEM or OpenSSH's form."),
        of_login(SettingType::text, "host_key", "password,key",
                 "sftp: the server's key as SHA256:…, printed by ssh-keygen -lf on the server."),
    };
    d.lists = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Folder);
