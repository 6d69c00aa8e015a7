/// Identifiers of organisations on the document axis, which are alive in two forms at the same time.
#pragma once

#include <string>
#include <string_view>

namespace lienthong::text {

/// An identifier of QCVN 102:2016/BTTTT in the form of QĐ 20/2020/QĐ-TTg, most general part first and without groups of zeros at
/// the end: "002.00.20.H13" is "H13.20.00.002", "000.00.00.G12" is "G12", "28.22.H17" is "H17.22.28". Any other text stays as it is.
/// A key for comparing, not a fact: groups of some bodies were numbered anew. Thread-safe.
[[nodiscard]] std::string newer_organ_code(std::string_view code);

/// A node of the axis itself, which has a group W00 and gets no documents. Thread-safe.
[[nodiscard]] bool is_axis_node(std::string_view code);

}  // namespace lienthong::text
