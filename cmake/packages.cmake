# Debian packages by CPack (./dev package): one for each component that has files to install. What belongs to Debian alone
# (maintainer scripts, copyright, changelog) is in packaging/debian.
set(debian ${PROJECT_SOURCE_DIR}/packaging/debian)
set(out ${PROJECT_BINARY_DIR}/debian)
set(maintainer "Sekisho authors <authors@sekisho.invalid>" CACHE STRING "Maintainer of the packages")
set(release 1 CACHE STRING "Debian revision of the packages")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sekisho)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT ${maintainer})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${release})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_LIBRARY_OUTPUT_DIRECTORY})
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL "")
set(this_version "(= ${PROJECT_VERSION}-${release})")

find_program(GZIP gzip REQUIRED)
execute_process(COMMAND date -u -R -d @${SEKISHO_EPOCH} OUTPUT_VARIABLE changelog_date OUTPUT_STRIP_TRAILING_WHITESPACE)

# compress(INPUT OUTPUT): without name and time, so that it is always the same bytes.
function(compress input output)
  execute_process(COMMAND ${GZIP} -9nc ${input} OUTPUT_FILE ${output} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# debian_package(COMPONENT NAME SECTION DESCRIPTION [DEPENDS…]): names the component's package, and adds the files that
# every package of Debian has. DESCRIPTION: a summary, a newline, the rest.
macro(debian_package component name section description)
  set(package ${name})  # for the template
  string(TOUPPER ${component} key)
  list(APPEND CPACK_COMPONENTS_ALL ${component})
  set(CPACK_DEBIAN_${key}_PACKAGE_NAME ${package})
  set(CPACK_DEBIAN_${key}_PACKAGE_SECTION ${section})
  set(CPACK_DEBIAN_${key}_DESCRIPTION "${description}")
  string(JOIN ", " CPACK_DEBIAN_${key}_PACKAGE_DEPENDS ${ARGN})
  configure_file(${debian}/changelog.in ${out}/${package}/changelog.Debian @ONLY)
  compress(${out}/${package}/changelog.Debian ${out}/${package}/changelog.Debian.gz)
  compress(${PROJECT_SOURCE_DIR}/CHANGELOG.md ${out}/${package}/changelog.gz)
  install(FILES ${debian}/copyright ${PROJECT_SOURCE_DIR}/NOTICE ${out}/${package}/changelog.Debian.gz
    ${out}/${package}/changelog.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
    COMPONENT ${component} EXCLUDE_FROM_ALL)
endmacro()

set(about "Sekisho reads an item's description, English or Japanese, and says which
entries of the US Munitions List, the Commerce Control List and Japan's control
lists it may fall under, with evidence. It never clears an item.")

debian_package(library libsekisho1 libs "export-control classification engine (shared library)\n${about}
.\nThis package holds the shared library, with the control lists built in.")
file(WRITE ${out}/shlibs "libsekisho 1 libsekisho1 (>= ${PROJECT_VERSION})\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA "${out}/shlibs;${debian}/library/triggers")

debian_package(development libsekisho-dev libdevel
  "export-control classification engine (development files)\n${about}
.\nThis package holds the C header, and the files for pkg-config and CMake."
  "libsekisho1 ${this_version}")

debian_package(cli sekisho utils "export-control classification of items (command line)\n${about}
.\nThis package holds the command line, which also checks, compares and signs
control lists." "libsekisho1 ${this_version}")

if(TARGET sekisho_sqlite)
  debian_package(sqlite libsqlite3-mod-sekisho libs "export-control classification in SQLite\n${about}
.\nThis package holds a loadable extension for SQLite, sekisho/sekisho.so in the
library folder." "libsekisho1 ${this_version}")
endif()

if(TARGET sekisho_postgresql)
  execute_process(COMMAND ${SEKISHO_PG_CONFIG} --version OUTPUT_VARIABLE pg_version)
  string(REGEX MATCH "[0-9]+" pg_major "${pg_version}")
  debian_package(postgresql postgresql-${pg_major}-sekisho database
    "export-control classification in PostgreSQL ${pg_major}\n${about}
.\nThis package holds an extension for PostgreSQL ${pg_major}: functions that
classify, and a record of findings that keeps itself."
    "postgresql-${pg_major}" "libsekisho1 ${this_version}")
endif()

if(TARGET sekisho_nginx)
  # Modules are built for one binary interface of nginx, which its package names.
  execute_process(COMMAND dpkg-query -W -f "\${Provides}" nginx OUTPUT_VARIABLE provides)
  string(REGEX MATCH "nginx-abi-[^, ]+" nginx_abi "${provides}")
  debian_package(nginx libnginx-mod-http-sekisho httpd "export-control classification in nginx\n${about}
.\nThis package holds a dynamic module: a location that answers POST requests
with classifications." "libsekisho1 ${this_version}" "${nginx_abi}")
  set(CPACK_DEBIAN_NGINX_PACKAGE_RECOMMENDS nginx)
  set(CPACK_DEBIAN_NGINX_PACKAGE_CONTROL_EXTRA "${debian}/nginx/postinst;${debian}/nginx/prerm;${debian}/nginx/postrm")
  install(FILES ${debian}/nginx/mod-http-sekisho.conf DESTINATION /usr/share/nginx/modules-available
    COMPONENT nginx EXCLUDE_FROM_ALL)
endif()

# Archives carry the time of the sources, not of the build.
file(WRITE ${out}/time.cmake "set(ENV{SOURCE_DATE_EPOCH} ${SEKISHO_EPOCH})\n")
set(CPACK_PROJECT_CONFIG_FILE ${out}/time.cmake)
include(CPack)
