# The libraries that Sekisho keeps, all from the distribution's packages (./dev installs them).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(absl REQUIRED)
find_package(nlohmann_json REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)

# The pieces of Abseil in use. Debian's Abseil has its own string_view type: pass text on as std::string or by data, size.
add_library(sekisho_absl INTERFACE)
target_link_libraries(sekisho_absl INTERFACE absl::status absl::statusor absl::strings absl::str_format
  absl::flat_hash_map absl::flat_hash_set absl::inlined_vector absl::span absl::int128)
