# The taxonomy, compiled at build time into the pack that libsekisho carries.
option(SEKISHO_LENIENT_TAXONOMY "Leave faulty pieces of the taxonomy out instead of failing the build" OFF)
file(GLOB_RECURSE taxonomy_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/taxonomy/*.json)
set(SEKISHO_PACK ${PROJECT_BINARY_DIR}/taxonomy.pack)
if(SEKISHO_LENIENT_TAXONOMY)
  set(lenient --lenient)
endif()
add_custom_command(
  OUTPUT ${SEKISHO_PACK}
  COMMAND sekisho-compile ${PROJECT_SOURCE_DIR}/taxonomy ${SEKISHO_PACK} ${lenient}
  DEPENDS sekisho-compile ${taxonomy_files}
  COMMENT "Compiling the taxonomy"
  VERBATIM)
add_custom_target(taxonomy_pack DEPENDS ${SEKISHO_PACK})
