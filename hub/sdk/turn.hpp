/// Turn: begins a list elsewhere each time, so that one item whose answer never comes cannot hold up all behind it.
#pragma once

#include "hub/sdk/connector.hpp"

#include <algorithm>
#include <vector>

namespace lienthong::sdk {

/// Rotates a list to begin at a place that the moment's nonce picks.
template <class Item>
void take_turns(std::vector<Item>& list, const Moment& moment)
{
    if (list.empty())
        return;
    std::size_t picked = 0;
    for (const char c : moment.nonce)
        picked = (picked * 16U + static_cast<std::size_t>(c >= 'a' ? c - 'a' + 10 : c - '0')) % list.size();
    std::rotate(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(picked), list.end());
}

}  // namespace lienthong::sdk
