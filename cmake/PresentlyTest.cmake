# SPDX-FileCopyrightText: 2026 The Presently authors
# SPDX-License-Identifier: Apache-2.0

# presently_add_test(<folder>.<class> LABEL unit|integration|gui|terminal SOURCES ... LINK ... [TIMEOUT seconds])
# The program is named tst_<folder>_<class>, runs without a display, in UTC and in C.UTF-8.
function(presently_add_test name)
    cmake_parse_arguments(arg "" "LABEL;TIMEOUT" "SOURCES;LINK" ${ARGN})
    string(REPLACE "." "_" target "tst_${name}")
    add_executable(${target} ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE Presently::common Qt6::Test ${arg_LINK})
    presently_precompile(${target})
    target_compile_definitions(${target} PRIVATE PRESENTLY_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
        PRESENTLY_PROGRAM_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    add_test(NAME ${name} COMMAND ${target})
    set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "TZ=UTC;LC_ALL=C.UTF-8;QT_QPA_PLATFORM=offscreen;QT_LOGGING_RULES=qt.qpa.*=false")
endfunction()

# presently_add_bench(<name> SOURCES ... LINK ...): a program bench_<name> that prints figures; ./dev bench runs it.
function(presently_add_bench name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    add_executable(bench_${name} ${arg_SOURCES})
    target_link_libraries(bench_${name} PRIVATE Presently::common Qt6::Core ${arg_LINK})
    target_compile_definitions(bench_${name} PRIVATE PRESENTLY_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
        PRESENTLY_PROGRAM_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    set_target_properties(bench_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
endfunction()
