// Writing files so that a power cut leaves the old one or the new one, whole, and so that what was said to be written
// is there afterwards.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::workshop {

// Writes all of it, whatever pieces the system takes. False: errno says why.
bool WriteAll(int fd, std::string_view bytes);

// Makes the names in the folder of the file `path` as lasting as the content. False: errno says why.
bool SyncFolder(const std::string& path);

// Puts a file with this content at `path`: written beside it, on the disk before it takes the name, and the name on
// the disk on return. Who has the old file open or mapped keeps it. A device or pipe is written to as it stands. Empty,
// or what the system says is wrong.
std::string ReplaceFile(const std::string& path, std::string_view content);

}  // namespace sekisho::workshop
