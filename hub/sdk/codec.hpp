/// Codec: the binary form, over hub/sdk/wire.hpp, of everything that crosses the border between host and connector.
///
/// Decoding takes nothing on trust: counts, depth and enumerators are bounded, and whatever does not fit, or leaves
/// bytes over, is nothing. Decoded events hold views into the bytes they were read from. A change of meaning or
/// layout here raises LIENTHONG_ABI.
#pragma once

#include "hub/sdk/codec_description.hpp"
#include "hub/sdk/codec_event.hpp"
#include "hub/sdk/codec_step.hpp"
