/// Abbreviations: what offices write short in the names of figures ("BHXH"), and the words it stands for; read from
/// abbreviations.csv. They bring names nearer to each other, and no figure is judged by them. Plain values, never changed once
/// loaded; reading them is thread-safe.
#pragma once

#include <string>

namespace lienthong::catalogue {

struct Abbreviation
{
    std::string abbreviation;  ///< "BHXH": letters and digits alone, in any case.
    std::string words;         ///< "bảo hiểm xã hội"
    std::string act;           ///< Where the words are defined.
    std::string place;         ///< "abbreviations.csv:2", for messages.
};

}  // namespace lienthong::catalogue
