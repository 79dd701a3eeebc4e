# SPDX-FileCopyrightText: 2026 The Presently authors
# SPDX-License-Identifier: Apache-2.0

presently_library(presently_app_seed
    SOURCES
        seed.h seed.cpp
        seedapply.h seedapply.cpp
        seedcheck.h seedcheck.cpp
        seedids.h seedids.cpp
        seedjson.h seedjson.cpp
    LINK Presently::models_core Presently::models_storage Qt6::Core
    PRIVATE_LINK Presently::models_text Presently::net_wire_json)
qt_add_resources(presently_app_seed seed PREFIX /presently/seed BASE ${PROJECT_SOURCE_DIR}/resources/seed
    FILES ${PROJECT_SOURCE_DIR}/resources/seed/builtin.json ${PROJECT_SOURCE_DIR}/resources/seed/seed.schema.json)
