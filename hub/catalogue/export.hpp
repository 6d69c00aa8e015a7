/// Export: a catalogue folder written again in its canonical form, as this repository keeps it.
#pragma once

#include "hub/model/result.hpp"

#include <string>
#include <vector>

namespace lienthong::catalogue {

struct ExportedFile
{
    std::string name;  ///< "indicators.csv"
    std::string text;  ///< RFC 4180, UTF-8, LF line ends, header row, documented order of columns, sorted rows.
    std::size_t rows = 0;
};

/// The files of a folder whose catalogue loads; those it lacks are left out. What is written loads to the same digest.
/// Adds every problem of reading, as Catalogue::load does for files that are no tables; then the files found are empty.
[[nodiscard]] std::vector<ExportedFile> exported(const std::string& directory, std::vector<Problem>& problems);

/// Writes each file whole or not at all, making the folder if need be. Fails with: catalogue.not_written.
[[nodiscard]] Result<void> write_files(const std::string& directory, const std::vector<ExportedFile>& files);

}  // namespace lienthong::catalogue
