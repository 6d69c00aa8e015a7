# The package: what cmake --install puts below a prefix. The programs find their folders from their own place, so the whole may be
# moved. A link to each folder makes the build tree look the same.
#   bin/                 lienthong, lienthong-worker, lienthong-signer; with the tests also lienthong-test-connector
#   lib/lienthong/       plugins/: the connectors of this tree
#   share/lienthong/     mappings/ with the catalogue, templates/ of new connector, simulators/ what simulators stand on,
#                        make-dev-pki: development certificates
#   include/lienthong/   hub/sdk: what a connector includes
#   lib/cmake/Lienthong  find_package(Lienthong) and lienthong_add_connector
include(CMakePackageConfigHelpers)
set(share ${CMAKE_INSTALL_DATADIR}/lienthong)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/Lienthong)

set(programs lienthong lienthong-worker lienthong-signer)
if(TARGET lienthong-test-connector)
  list(APPEND programs lienthong-test-connector)
endif()
install(TARGETS ${programs} EXPORT LienthongTargets RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

install(DIRECTORY ${CMAKE_SOURCE_DIR}/mappings/ DESTINATION ${share}/mappings USE_SOURCE_PERMISSIONS)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/hub/cli/new_connector/ DESTINATION ${share}/templates FILES_MATCHING PATTERN "*.in")
install(DIRECTORY ${CMAKE_SOURCE_DIR}/tests/simulators/ DESTINATION ${share}/simulators FILES_MATCHING PATTERN "*.py" PATTERN "*_test.py" EXCLUDE
  PATTERN "__pycache__" EXCLUDE)
install(PROGRAMS ${CMAKE_SOURCE_DIR}/certs/make-dev-pki DESTINATION ${share})

install(EXPORT LienthongTargets NAMESPACE Lienthong:: DESTINATION ${package})
set(LIENTHONG_SHARE ${share})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/LienthongConfig.cmake.in ${CMAKE_BINARY_DIR}/LienthongConfig.cmake
  INSTALL_DESTINATION ${package} PATH_VARS LIENTHONG_SHARE)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/LienthongConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/LienthongConfig.cmake ${CMAKE_BINARY_DIR}/LienthongConfigVersion.cmake DESTINATION ${package})

function(lienthong_link from to)
  cmake_path(GET to PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  file(CREATE_LINK ${from} ${to} SYMBOLIC)
endfunction()
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/lib/plugins)
lienthong_link(${CMAKE_BINARY_DIR}/lib/plugins ${CMAKE_BINARY_DIR}/${CMAKE_INSTALL_LIBDIR}/lienthong/plugins)
lienthong_link(${CMAKE_SOURCE_DIR}/mappings ${CMAKE_BINARY_DIR}/${share}/mappings)
lienthong_link(${CMAKE_SOURCE_DIR}/hub/cli/new_connector ${CMAKE_BINARY_DIR}/${share}/templates)
lienthong_link(${CMAKE_SOURCE_DIR}/tests/simulators ${CMAKE_BINARY_DIR}/${share}/simulators)
