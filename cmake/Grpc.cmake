# SPDX-FileCopyrightText: 2026 The Presently authors
# SPDX-License-Identifier: Apache-2.0

# gRPC, for the dialect userstatus: the server has it when the libraries and protoc's plugin are there.
# PRESENTLY_WITH_GRPC is AUTO (take it when found), ON (fail without it) or OFF; PRESENTLY_HAS_GRPC says what came of it.
set(PRESENTLY_WITH_GRPC AUTO CACHE STRING "Serve the dialect userstatus over gRPC: AUTO, ON or OFF")
set_property(CACHE PRESENTLY_WITH_GRPC PROPERTY STRINGS AUTO ON OFF)
set(PRESENTLY_HAS_GRPC OFF)

if(NOT PRESENTLY_WITH_GRPC STREQUAL "OFF")
    find_program(PROTOC_PROGRAM protoc)
    find_program(GRPC_CPP_PLUGIN_PROGRAM grpc_cpp_plugin)
    pkg_check_modules(grpcpp QUIET IMPORTED_TARGET grpc++>=1.48)
    pkg_check_modules(protobuf QUIET IMPORTED_TARGET protobuf)
    if(PROTOC_PROGRAM AND GRPC_CPP_PLUGIN_PROGRAM AND grpcpp_FOUND AND protobuf_FOUND)
        set(PRESENTLY_HAS_GRPC ON)
    elseif(PRESENTLY_WITH_GRPC STREQUAL "ON")
        message(FATAL_ERROR "PRESENTLY_WITH_GRPC is ON, but something is missing: protoc (${PROTOC_PROGRAM}), "
            "grpc_cpp_plugin (${GRPC_CPP_PLUGIN_PROGRAM}), grpc++ (${grpcpp_VERSION}) and protobuf "
            "(${protobuf_VERSION}) through pkg-config")
    endif()
endif()

if(PRESENTLY_HAS_GRPC)
    message(STATUS "userstatus over gRPC: yes, gRPC ${grpcpp_VERSION} with protobuf ${protobuf_VERSION}")
else()
    message(STATUS "userstatus over gRPC: no; --grpc-port will say so")
endif()
include(FeatureSummary)
add_feature_info(grpc PRESENTLY_HAS_GRPC "the dialect userstatus over gRPC (PRESENTLY_WITH_GRPC)")
