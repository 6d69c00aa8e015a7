/// Cuts a JSON document into its records and the text around them, byte by byte and without reading either.
#pragma once

#include "adapters/formats/json/json_stream.hpp"
#include "adapters/formats/stream/context_text.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

/// Some records that follow each other in one list or object, with what parts them.
struct JsonBatch
{
    std::string& bytes;          ///< Between brackets of ours; ours to add to.
    LineColumn at;               ///< Of the first record.
    std::size_t list = 0;        ///< Which of the lists or objects that have records, in document order.
    std::size_t first = 0;       ///< The first record's position in its list.
};

/// The text around the records has "0 " where the records of a list were, the first and only item then, and a member of that
/// value where those of an object were. What is no JSON stays no JSON in one part or the other: nothing is mended, and each
/// part is to be read strictly. That two members of an object in different batches have one name is for others to see.
class JsonCutter
{
public:
    using Take = std::function<std::optional<Problem>(const JsonBatch&)>;

    /// Without `take` the records are passed over.
    JsonCutter(const JsonRecordPath& records, const FormatLimits& limits, Take take);

    [[nodiscard]] std::optional<Problem> feed(std::string_view piece);
    /// At the document's end: where the text around ends, it ends.
    void finish();
    /// Whether what follows is of no use: it stopped being JSON.
    [[nodiscard]] bool is_broken() const { return mode_ == Mode::broken; }

    [[nodiscard]] const ContextText& context() const { return context_; }
    /// The lists or objects with records, by their number among all lists and objects of the text around.
    [[nodiscard]] const std::vector<std::size_t>& lists() const { return lists_; }

private:
    enum class Mode : std::uint8_t {
        around,
        around_string,
        before_record,  ///< In a list of records, behind its bracket or a comma.
        name_record,    ///< In the name of a member.
        colon_record,   ///< Between name and value.
        nested_record,
        nested_string,
        text_record,
        scalar_record,
        after_record,
        broken,
    };
    struct Level
    {
        bool object = false;
        bool on_path = false;
        std::size_t index = 0;
    };

    void route_around(std::string_view bytes);
    void route_record(std::string_view bytes);
    void open(char c);
    [[nodiscard]] bool is_list_of_records() const;
    [[nodiscard]] bool fits() const;
    void begin_record(std::string_view gap, char c);
    void begin_value(char c);
    [[nodiscard]] std::optional<Problem> end_record();
    [[nodiscard]] std::optional<Problem> flush();
    [[nodiscard]] std::size_t behind_plain(std::string_view piece, std::size_t i) const;
    [[nodiscard]] std::optional<Problem> step(std::string_view piece, std::size_t& i);

    const JsonRecordPath& records_;
    const FormatLimits& limits_;
    Take take_;
    ContextText context_;
    Mode mode_ = Mode::around;
    std::size_t from_ = 0;  ///< In the piece: where what is not routed yet begins.
    LineColumn at_;         ///< The same in the document.
    std::vector<Level> levels_;
    std::size_t opened_ = 0;
    std::vector<std::size_t> lists_;
    bool keys_matter_ = false, escaped_ = false, comma_ = false;
    std::string key_, gap_, batch_;
    std::size_t batch_size_ = 0, nesting_ = 0, count_ = 0, first_ = 0;
    LineColumn batch_at_;
};

}  // namespace lienthong::adapters
