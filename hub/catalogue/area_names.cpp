// Areas by folded names, made when first needed, and what is nearest to a name or code that is none.
#include "hub/catalogue/area_names.hpp"

#include <algorithm>
#include <array>

namespace lienthong::catalogue {
namespace {

/// Kinds of administrative units, folded: Article 1 of Law 72/2025/QH15, and Article 2 of Law 77/2015/QH13 for those until
/// 2025-06-30. Longer ones first where one begins another.
constexpr std::array<std::string_view, 9> kinds = {"thành phố ", "thị trấn ", "đặc khu ", "thị xã ", "phường ",
                                                   "huyện ",     "quận ",     "tỉnh ",    "xã "};

/// The folded name without its kind; the same text where it has none.
std::string_view without_kind(std::string_view folded)
{
    for (const std::string_view kind : kinds)
        if (folded.size() > kind.size() && folded.starts_with(kind))
            return folded.substr(kind.size());
    return folded;
}

void add_once(std::vector<const Area*>& areas, const Area& area)
{
    if (std::find(areas.begin(), areas.end(), &area) == areas.end())
        areas.push_back(&area);
}

const std::vector<const Area*>* found(const Index<std::vector<const Area*>>& index, const std::string& text)
{
    const auto it = index.find(text);
    return it == index.end() ? nullptr : &it->second;
}

}  // namespace

int rank(const Area& area)
{
    return area.level == "country" ? 0 : area.level == "province" ? 1 : area.level == "district" ? 2 : 3;
}

void AreaNames::fill() const
{
    std::call_once(filled_, [this] {
        std::vector<std::string> high;
        const auto add = [&](const Area& area, const std::string& name) {
            const std::string folded = text::folded(name);
            add_once(folded_[folded], area);
            if (const std::string_view bare = without_kind(folded); bare.size() != folded.size())
                add_once(bare_[std::string(bare)], area);
            if (rank(area) < 2)
                high.push_back(name);
        };
        for (const Area& area : *areas_) {
            add(area, area.name_vi);
            for (const std::string& alias : area.aliases)
                add(area, alias);
            if (!area.parent.empty())
                children_[area.parent].push_back(&area);
        }
        near_ = text::Nearness(high);
    });
}

const std::vector<const Area*>* AreaNames::of_folded(const std::string& folded) const
{
    fill();
    return found(folded_, folded);
}

const std::vector<const Area*>* AreaNames::of_bare(const std::string& folded) const
{
    fill();
    return found(bare_, folded);
}

std::vector<const Area*> AreaNames::below(const std::string& parent, Day day) const
{
    fill();
    std::vector<const Area*> out;
    const auto add_children = [&](const std::string& code) {
        if (const auto it = children_.find(code); it != children_.end())
            for (const Area* area : it->second)
                if (area->validity.holds(day))
                    out.push_back(area);
    };
    add_children(parent);
    // Each area has one parent on a day; the bound keeps a circle of versions from running for ever.
    for (std::size_t i = 0; i < out.size() && out.size() <= areas_->size(); ++i)
        add_children(out[i]->code);
    return out;
}

std::vector<std::string> AreaNames::nearest(std::string_view name, Day day) const
{
    fill();
    std::vector<std::string> names = near_.of(name, 12);
    std::erase_if(names, [&](const std::string& near) {
        const auto* bearers = found(folded_, text::folded(near));
        return bearers == nullptr || on(*bearers, day) == nullptr;
    });
    names.resize(std::min<std::size_t>(names.size(), 3));
    return names;
}

std::vector<std::string> AreaNames::nearest_of(const std::vector<const Area*>& areas, std::string_view name)
{
    // A name without its kind is compared with names without theirs, lest the kind outweigh the name.
    const std::string wanted = text::folded(name.substr(0, 400));
    const bool bare = without_kind(wanted).size() == wanted.size();
    std::vector<std::string> names;
    std::vector<const Area*> bearers;
    const auto add = [&](const Area& area, const std::string& written) {
        const std::string folded = text::folded(written);
        names.emplace_back(bare ? without_kind(folded) : std::string_view(folded));
        bearers.push_back(&area);
    };
    for (const Area* area : areas) {
        add(*area, area->name_vi);
        for (const std::string& alias : area->aliases)
            add(*area, alias);
    }
    std::vector<std::string> out;
    for (const std::string& near : text::nearest(wanted, names))
        for (std::size_t i = 0; i < names.size() && out.size() < 3; ++i) {
            const std::string shown = bearers[i]->name_vi + " (" + bearers[i]->code + ")";
            if (names[i] == near && std::find(out.begin(), out.end(), shown) == out.end())
                out.push_back(shown);
        }
    return out;
}

std::vector<std::string> nearest_codes(const AreaIndex& by_code, const std::string& full_code, Day day)
{
    constexpr std::size_t longest = 32;  // No code is nearly as long, and each attempt is a look-up.
    constexpr std::size_t most = 3;
    std::vector<std::string> out;
    const auto attempt = [&](const std::string& code) {
        const auto it = by_code.find(code);
        if (it != by_code.end() && on(it->second, day) != nullptr && out.size() < most &&
            std::find(out.begin(), out.end(), code) == out.end())
            out.push_back(code);
    };
    const std::size_t start = full_code.find(':') + 1;
    if (start == 0 || full_code.size() > longest)
        return out;
    const bool digits = full_code.find_first_not_of("0123456789", start) == std::string::npos;
    const std::string_view alphabet = digits ? "0123456789" : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    for (std::size_t zeros = 1; digits && zeros <= 4; ++zeros)
        attempt(std::string(full_code).insert(start, zeros, '0'));
    for (std::size_t i = full_code.size(); i-- > start;) {
        attempt(std::string(full_code).erase(i, 1));
        for (const char c : alphabet) {
            std::string changed = full_code;
            changed[i] = c;
            attempt(changed);
            attempt(std::string(full_code).insert(i + 1, 1, c));
        }
    }
    return out;
}

}  // namespace lienthong::catalogue
