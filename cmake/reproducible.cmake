# Same sources, same bytes, wherever they stand: no folder of this machine gets into an object, a build id or a run path.
# `./dev test reproducible` builds twice and compares. No debug information either: packages are stripped, and a build id is a digest
# of all that was linked.
option(SEKISHO_REPRODUCIBLE "Keep the names of this machine's folders out of what is built" ${SEKISHO_PACKAGES})
if(SEKISHO_REPRODUCIBLE)
  set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
  add_compile_options(-g0)
  foreach(map "${PROJECT_SOURCE_DIR}=." "${CMAKE_BINARY_DIR}=./build")  # of two that fit, compilers take the last
    add_compile_options("$<$<COMPILE_LANGUAGE:C,CXX,ASM>:-ffile-prefix-map=${map}>")
  endforeach()
  # Compiler caches hand on relative names, and the errors of PostgreSQL's extension carry __FILE__.
  file(RELATIVE_PATH relative ${CMAKE_BINARY_DIR} ${PROJECT_SOURCE_DIR})
  string(REGEX REPLACE "/$" "" relative "${relative}")
  add_compile_options("$<$<COMPILE_LANGUAGE:C>:-ffile-prefix-map=${relative}=.>")
endif()

# The time that archives carry: SOURCE_DATE_EPOCH, or that of the last commit, or that of the changelog.
set(SEKISHO_EPOCH "$ENV{SOURCE_DATE_EPOCH}")
if(NOT SEKISHO_EPOCH)
  execute_process(COMMAND git -C ${PROJECT_SOURCE_DIR} log -1 --format=%ct OUTPUT_VARIABLE SEKISHO_EPOCH
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT SEKISHO_EPOCH)
  file(TIMESTAMP ${PROJECT_SOURCE_DIR}/CHANGELOG.md SEKISHO_EPOCH %s UTC)
endif()
