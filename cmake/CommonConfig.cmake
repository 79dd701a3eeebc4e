# SPDX-FileCopyrightText: 2026 The Presently authors
# SPDX-License-Identifier: Apache-2.0

# Every flag and define in one INTERFACE target; everything of ours links it.
add_library(presently_common INTERFACE)
add_library(Presently::common ALIAS presently_common)

target_compile_features(presently_common INTERFACE cxx_std_20)
target_include_directories(presently_common INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_definitions(presently_common INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS QT_NO_CONTEXTLESS_CONNECT
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(presently_common INTERFACE -Wall -Wextra -Wpedantic -Wnon-virtual-dtor
        -Woverloaded-virtual -Wimplicit-fallthrough -fno-strict-aliasing)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # GCC 12 warns of <algorithm> and std::variant internals that are never reached.
        target_compile_options(presently_common INTERFACE -Wno-maybe-uninitialized -fpch-preprocess)
    endif()
elseif(MSVC)
    target_compile_options(presently_common INTERFACE /W4 /utf-8 /permissive- /Zc:__cplusplus)
endif()

option(PRESENTLY_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(PRESENTLY_SANITIZE)
    target_compile_options(presently_common INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
    target_link_options(presently_common INTERFACE -fsanitize=address,undefined)
endif()

# A static library of this project: presently_library(presently_models_core SOURCES ... LINK ... [PRIVATE_LINK ...])
# It gets the alias Presently::models_core and the common flags.
function(presently_library name)
    cmake_parse_arguments(arg "NO_PCH" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    string(REPLACE "presently_" "" short ${name})
    add_library(Presently::${short} ALIAS ${name})
    target_link_libraries(${name} PUBLIC Presently::common ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
    if(NOT arg_NO_PCH AND PRESENTLY_PCH)
        presently_precompile(${name})
    endif()
endfunction()

# One precompiled header for everything: GCC takes it also where a target defines more macros than it was made with.
# Other compilers insist on the same macros, so there each target makes its own.
function(presently_precompile target)
    if(NOT PRESENTLY_PCH)
        return()
    endif()
    if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/precompiled.h)
        return()
    endif()
    if(NOT TARGET presently_precompiled)
        file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/precompiled.cpp CONTENT "")
        add_library(presently_precompiled STATIC ${PROJECT_BINARY_DIR}/generated/precompiled.cpp)
        target_link_libraries(presently_precompiled PUBLIC Presently::common Qt6::Core)
        target_precompile_headers(presently_precompiled PRIVATE ${PROJECT_SOURCE_DIR}/cmake/precompiled.h)
    endif()
    target_precompile_headers(${target} REUSE_FROM presently_precompiled)
endfunction()
