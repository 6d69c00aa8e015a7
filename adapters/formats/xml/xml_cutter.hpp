/// Cuts an XML document into its records and the text around them, tag by tag and without reading either.
#pragma once

#include "adapters/formats/stream/context_text.hpp"
#include "adapters/formats/xml/xml_stream.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lienthong::adapters {

/// Some records that follow each other in one element, within the start tags of all elements around them.
struct XmlBatch
{
    std::string& bytes;              ///< Without the end tags of `outer` elements; ours to add to.
    std::size_t outer = 0;           ///< How many start tags of elements around stand before the records, on one line.
    std::size_t outer_columns = 0;   ///< Their length in characters.
    std::string end_tags;            ///< What closes them.
    LineColumn at;                   ///< Of the first record.
    std::size_t element = 0;         ///< The element around, by its number among the elements of the text around.
};

/// The text around the records has an element where records were. What is not well-formed stays so in one part or the other.
class XmlCutter
{
public:
    using Take = std::function<std::optional<Problem>(const XmlBatch&)>;

    XmlCutter(const XmlRecordPath& records, const FormatLimits& limits, Take take);

    [[nodiscard]] std::optional<Problem> feed(std::string_view piece);
    /// At the document's end.
    [[nodiscard]] std::optional<Problem> finish();
    [[nodiscard]] bool is_broken() const { return broken_; }
    [[nodiscard]] const ContextText& context() const { return context_; }

private:
    struct Level
    {
        bool on_path = false;
        std::size_t number = 0;  ///< Among the elements of the text around.
        std::string tag{}, name{};   ///< Its start tag on one line, and its name with its prefix.
    };

    /// Length of the token at the front of the pending bytes; none when it is not whole yet.
    [[nodiscard]] std::optional<std::size_t> token() const;
    [[nodiscard]] std::optional<Problem> take_token(std::string_view token);
    [[nodiscard]] std::optional<Problem> start_tag(std::string_view tag);
    [[nodiscard]] std::optional<Problem> end_tag(std::string_view tag);
    [[nodiscard]] std::optional<Problem> route_around(std::string_view bytes);
    [[nodiscard]] bool fits(std::string_view name) const;
    void begin_record(std::string_view name);
    void route_record(std::string_view bytes);
    [[nodiscard]] std::optional<Problem> flush();

    const XmlRecordPath& records_;
    const FormatLimits& limits_;
    Take take_;
    ContextText context_;
    std::string pending_;
    std::size_t used_ = 0;  ///< Of the pending bytes.
    LineColumn at_;
    bool started_ = false, broken_ = false, in_record_ = false, stands_in_ = false;
    std::vector<Level> levels_;
    std::size_t elements_ = 0, nesting_ = 0;
    std::string batch_, gap_;
    std::size_t batch_size_ = 0, enough_ = 0;
    LineColumn batch_at_;
};

}  // namespace lienthong::adapters
