# Copies the package and its example from SOURCE to TARGET. The example's copies of both packages are taken anew by npm.
foreach(part cds-plugin.js index.cds lib srv _i18n package.json README.md)
  file(COPY ${SOURCE}/${part} DESTINATION ${TARGET}/package)
endforeach()
file(COPY ${SOURCE}/example DESTINATION ${TARGET})
file(REMOVE_RECURSE ${TARGET}/example/node_modules/@sekisho)
