# How a room, an adapter and a test are declared, so that every target gets the same warnings and settings.
include(${CMAKE_CURRENT_LIST_DIR}/precompiled.cmake)

add_library(lienthong_settings INTERFACE)
target_include_directories(lienthong_settings INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(lienthong_settings INTERFACE
  -Wall -Wextra -Wshadow -Wpedantic -Wconversion -Wnon-virtual-dtor -fstack-protector-strong)
# Where g++ 12 optimises, it takes its own library's texts for overrun (GCC bugs 105329 and 105651).
target_compile_options(lienthong_settings INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds> $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread> $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>)
target_compile_definitions(lienthong_settings INTERFACE _GLIBCXX_ASSERTIONS)
if(LIENTHONG_SANITIZE)
  target_compile_options(lienthong_settings INTERFACE -fsanitize=${LIENTHONG_SANITIZE} -fno-omit-frame-pointer)
  # The compilers each say it in another way.
  target_compile_definitions(lienthong_settings INTERFACE LIENTHONG_SANITIZED)
  target_link_options(lienthong_settings INTERFACE -fsanitize=${LIENTHONG_SANITIZE})
  if(LIENTHONG_SANITIZE MATCHES "thread")
    target_compile_options(lienthong_settings INTERFACE -Wno-tsan)
  endif()
  if(LIENTHONG_SANITIZE MATCHES "undefined")
    target_compile_options(lienthong_settings INTERFACE -fno-sanitize=null,alignment,vptr,object-size)
    # clang 14 cannot write that check into coroutines.
    target_compile_options(lienthong_settings INTERFACE $<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=function>)
  endif()
endif()

# Boost.Asio and Beast are compiled once, in hub/http/boost_sources.cpp; everybody else sees only their headers.
add_library(lienthong_asio_headers INTERFACE)
target_link_libraries(lienthong_asio_headers
  INTERFACE lienthong_settings Boost::headers Threads::Threads OpenSSL::SSL OpenSSL::Crypto)
# g++ 12 takes the coroutine frames' own allocator for a mismatch.
target_compile_options(lienthong_asio_headers INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>)
target_compile_definitions(lienthong_asio_headers INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)
add_library(lienthong_asio INTERFACE)
target_link_libraries(lienthong_asio INTERFACE lienthong_asio_headers lienthong_boost_sources)

# lienthong_room(<name> SOURCES … [LINKS …] [PRIVATE_LINKS …]): the static library hub_<name>.
function(lienthong_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  if(ROOM_SOURCES)
    add_library(hub_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(hub_${name} PUBLIC lienthong_settings ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE_LINKS})
    if(lienthong_asio IN_LIST ROOM_LINKS)
      lienthong_precompiled(hub_${name} asio)
    else()
      lienthong_precompiled(hub_${name} core)
    endif()
  else()
    add_library(hub_${name} INTERFACE)
    target_link_libraries(hub_${name} INTERFACE lienthong_settings ${ROOM_LINKS})
  endif()
endfunction()

# lienthong_adapter(<kind>_<name> SOURCES … [LINKS …] [PRIVATE_LINKS …] [NOT_PRECOMPILED]): the static library
# adapter_<kind>_<name>. NOT_PRECOMPILED where the definitions of a library change what system headers say.
function(lienthong_adapter name)
  cmake_parse_arguments(ROOM "NOT_PRECOMPILED" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(adapter_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(adapter_${name} PUBLIC lienthong_settings ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE_LINKS})
  if(lienthong_asio IN_LIST ROOM_LINKS)
    lienthong_precompiled(adapter_${name} asio)
  elseif(NOT ROOM_NOT_PRECOMPILED)
    lienthong_precompiled(adapter_${name} core)
  endif()
endfunction()

# lienthong_plugin(<name>): plugins/<name>/<name>.cpp as lib/plugins/<name>.so, nothing exported but its entry.
function(lienthong_plugin name)
  add_library(plugin_${name} MODULE ${name}.cpp)
  target_link_libraries(plugin_${name} PRIVATE lienthong_settings)
  set_target_properties(plugin_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/plugins CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  if(NOT LIENTHONG_SANITIZE)
    target_link_options(plugin_${name} PRIVATE -Wl,-z,defs)
  endif()
endfunction()

# lienthong_timeout(<test> <seconds>): how long a test may take before it counts as stuck; sanitizers slow every program down.
function(lienthong_timeout name seconds)
  set(slower 1)
  if(LIENTHONG_SANITIZE MATCHES "thread")
    set(slower 5)
  elseif(LIENTHONG_SANITIZE)
    set(slower 3)
  endif()
  math(EXPR seconds "${seconds} * ${slower}")
  set_tests_properties(${name} PROPERTIES TIMEOUT ${seconds})
endfunction()

# lienthong_test(<name> SOURCES … LINKS …): one GoogleTest program, registered as one CTest test.
function(lienthong_test name)
  cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE lienthong_settings ${TEST_LINKS} GTest::gtest GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE LIENTHONG_SOURCE_DIR="${CMAKE_SOURCE_DIR}" LIENTHONG_BINARY_DIR="${CMAKE_BINARY_DIR}")
  lienthong_precompiled(${name} test)
  add_test(NAME ${name} COMMAND ${name})
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  lienthong_timeout(${name} ${TEST_TIMEOUT})
endfunction()
