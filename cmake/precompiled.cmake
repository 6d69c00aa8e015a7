# Precompiled headers: what nearly every file reads is read once. Three sets, by what a target may see at all, so that a
# precompiled header never lets a file use a library its room does not link. Without them (LIENTHONG_PRECOMPILED=OFF, as in
# the preset `release`) every file must still name what it includes.
option(LIENTHONG_PRECOMPILED "Precompile the headers that nearly every file includes" ON)

# lienthong_precompiled(<target> core|asio|test): uses the set, which is made the first time somebody wants it.
function(lienthong_precompiled target set)
  if(NOT LIENTHONG_PRECOMPILED)
    return()
  endif()
  set(owner lienthong_precompiled_${set})
  if(NOT TARGET ${owner})
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled/${set}.cpp CONTENT "int main() {}\n")
    if(set STREQUAL "test")
      # As those who use it: code of a program is compiled for a program, that of a room for any place.
      add_executable(${owner} EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/precompiled/${set}.cpp)
    else()
      add_library(${owner} OBJECT EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/precompiled/${set}.cpp)
    endif()
    target_link_libraries(${owner} PRIVATE lienthong_settings)
    target_precompile_headers(${owner} PRIVATE
      <algorithm> <array> <chrono> <cstdint> <filesystem> <fstream> <functional> <map> <memory> <mutex> <optional> <sstream>
      <span> <string> <string_view> <unordered_map> <utility> <vector>)
    if(set STREQUAL "asio")
      target_link_libraries(${owner} PRIVATE lienthong_asio_headers)
      target_precompile_headers(${owner} PRIVATE
        <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp>
        <boost/asio/post.hpp> <boost/asio/ssl/stream.hpp> <boost/asio/steady_timer.hpp> <boost/asio/strand.hpp>
        <boost/asio/thread_pool.hpp> <boost/asio/use_awaitable.hpp>)
    elseif(set STREQUAL "test")
      target_link_libraries(${owner} PRIVATE GTest::gtest)
      target_precompile_headers(${owner} PRIVATE <gtest/gtest.h>)
    endif()
  endif()
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()
